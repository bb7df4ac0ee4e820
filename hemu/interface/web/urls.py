from hemu.interface.web.api import routes

urlpatterns = routes()
