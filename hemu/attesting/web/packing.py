"""Answering with a package: what a community's book recorded, to be checked elsewhere."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import FileResponse

from hemu.access.actors import Actor
from hemu.access.queries_kept import kept_from
from hemu.estate.models import Community
from hemu.infra.moments import OFFICE_ZONE
from hemu.ledger.operations_package import export


def package_of(
    community: Community, *, by: Actor | None, since: date, until: date, now: datetime
) -> FileResponse:
    """Return the package of some days, both included, as a file to be saved; without what is kept from who takes it.

    Args:
        by: a member of staff; None: an owner or the committee, whom no complaint names.
    """
    kept = {subject.partition(":")[2] for subject in kept_from(by.staff_id)} if by else set()
    name = f"hemu-{community.code}-{since:%Y%m%d}-{until:%Y%m%d}"
    with TemporaryDirectory(prefix="hemu-package-") as folder:
        export(
            book=community.book,
            since=datetime.combine(since, time(), OFFICE_ZONE),
            until=datetime.combine(until + timedelta(days=1), time(), OFFICE_ZONE),
            folder=Path(folder) / name,
            now=now,
            without=kept,
        )
        archive = BytesIO()
        with ZipFile(archive, "w", ZIP_DEFLATED) as packed:
            for file in sorted((Path(folder) / name).iterdir()):
                packed.write(file, f"{name}/{file.name}")
    archive.seek(0)
    return FileResponse(archive, as_attachment=True, filename=f"{name}.zip")
