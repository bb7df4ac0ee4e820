// A signature on the glass: the pen on the canvas of `c-sign`; and forms that send it ahead to `data-sign-upload`, so
// that only its id goes with the form. A form that waits without network takes the picture itself (outbox.js).

function readied(canvas) {
  if (canvas.dataset.ready || !canvas.clientWidth) return;
  canvas.dataset.ready = "1";
  canvas.width = canvas.clientWidth * 2;
  canvas.height = canvas.clientHeight * 2;
  wipe(canvas);
}

function wipe(canvas) {
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.lineWidth = 5;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = "#111";
  delete canvas.dataset.signed;
}

function point(canvas, event) {
  const touch = event.touches ? event.touches[0] : event;
  const box = canvas.getBoundingClientRect();
  return [(touch.clientX - box.left) * (canvas.width / box.width), (touch.clientY - box.top) * (canvas.height / box.height)];
}

function begin(event) {
  const canvas = event.target;
  readied(canvas);
  event.preventDefault();
  const pen = canvas.getContext("2d");
  pen.beginPath();
  pen.moveTo(...point(canvas, event));
  canvas.dataset.drawing = "1";
}

function go(event) {
  const canvas = event.target;
  if (!canvas.dataset.drawing) return;
  event.preventDefault();
  const pen = canvas.getContext("2d");
  pen.lineTo(...point(canvas, event));
  pen.stroke();
  canvas.dataset.signed = "1";
}

document.querySelectorAll("[data-sign] canvas").forEach((canvas) => {
  const names = window.PointerEvent ? ["pointerdown", "pointermove", "pointerup", "pointerleave"]
    : ["touchstart", "touchmove", "touchend", "touchcancel"];
  canvas.addEventListener(names[0], begin, { passive: false });
  canvas.addEventListener(names[1], go, { passive: false });
  names.slice(2).forEach((name) => canvas.addEventListener(name, () => delete canvas.dataset.drawing));
  canvas.closest("[data-sign]").querySelector("[data-sign-clear]").addEventListener("click", () => wipe(canvas));
});

// ── sent ahead ──

async function kept(form, canvas) {
  const picture = await new Promise((done) => canvas.toBlob(done, "image/png"));
  const body = new FormData();
  body.append("file", picture, "signature.png");
  body.append("use", "signature");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token };
  const answer = await fetch(form.dataset.signUpload, { method: "POST", body, headers, credentials: "same-origin" });
  return (await answer.json()).id;
}

document.querySelectorAll("form[data-sign-upload]").forEach((form) => {
  form.addEventListener("submit", async (event) => {
    const canvas = form.querySelector("[data-signed]");
    if (!canvas) return;
    event.preventDefault();
    if (form.dataset.sending) return; // pressed twice
    form.dataset.sending = "1";
    let id = "";
    try {
      id = await kept(form, canvas);
    } catch (away) {
      // The form goes without it, and the answer says that a signature is missing.
    }
    if (id) {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "files";
      field.value = id;
      form.append(field);
    }
    form.submit();
  });
});
