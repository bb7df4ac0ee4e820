from django.urls import path

from hemu.attesting.web import views

urlpatterns = [
    path("book/", views.book, name="book"),
    path("book/publish/", views.publish, name="book_publish"),
    path("book/package/", views.package, name="book_package"),
    path("book/<str:code>/", views.book, name="book_community"),
    path("requests/<str:number>/proof/", views.proof, name="request_proof"),
]
