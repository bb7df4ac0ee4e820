from django.urls import path

from hemu.paper_arranging.web import chains, layouts

urlpatterns = [
    path("layouts/", layouts.paper_layouts, name="paper_layouts"),
    path("layouts/sample.pdf", layouts.paper_sample, name="paper_sample"),
    path("layouts/sample.png", layouts.paper_sample_picture, name="paper_sample_picture"),
    path("chains/<str:kind>/", chains.paper_chain, name="paper_chain"),
]
