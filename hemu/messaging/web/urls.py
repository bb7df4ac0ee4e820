from django.urls import path

from hemu.messaging.web import receipts

urlpatterns = [path("receipts/", receipts.receipt, name="gateway_receipts")]
