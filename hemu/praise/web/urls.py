from django.urls import path

from hemu.praise.web import passing

urlpatterns = [path("<str:number>/praise/", passing.pass_on, name="request_praise")]
