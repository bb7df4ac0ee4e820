from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "hemu.ledger"
    label = "ledger"

    def ready(self) -> None:
        from hemu.ledger import checks  # noqa: F401  registers the trigger check
        from hemu.ledger.catalogue import build

        build()
