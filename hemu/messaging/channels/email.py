"""E-mail by SMTP, through Django's mail backend as `EMAIL_URL` sets it."""

import smtplib
from contextlib import suppress

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from hemu.messaging.channels.http import is_loopback
from hemu.messaging.channels.letter import Letter, Receipt, Refused, Unsure


def ready() -> bool:
    """Tell whether a mail server is set, with TLS or on this very machine."""
    if not settings.EMAIL_URL:
        return False
    safe = settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL or is_loopback(settings.EMAIL_HOST)
    return bool(safe or settings.GATEWAY_PLAIN_HTTP)


def send(letter: Letter) -> Receipt:
    """Hand one message to the mail server.

    Raises:
        Refused: ``connect`` (again), ``smtp.N`` (again for 4xx), ``address``.
        Unsure: ``timeout``, ``cut_off``: the connection broke after it stood.
    """
    connection = get_connection(timeout=settings.GATEWAY_TIMEOUT_SECONDS)
    message_id = f"<{letter.id.hex}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].strip('>') or 'hemu'}>"
    message = EmailMessage(
        letter.title, letter.text, to=[letter.to], headers={"Message-ID": message_id}, connection=connection
    )
    try:
        connection.open()
    except (smtplib.SMTPException, OSError) as error:
        raise Refused("connect", again=True) from error
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as error:
        raise _refused(next(iter(error.recipients.values()))[0]) from error
    except smtplib.SMTPResponseException as error:
        raise _refused(error.smtp_code) from error
    except (smtplib.SMTPException, OSError) as error:  # smtplib tells of a time-out as of a broken line
        timed_out = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
        raise Unsure("timeout" if timed_out else "cut_off") from error
    except ValueError as error:  # an address that no header may carry
        raise Refused("address") from error
    finally:
        with suppress(
            smtplib.SMTPException, OSError
        ):  # what was taken stays taken, however the farewell goes
            connection.close()
    return Receipt(message_id)


def _refused(code: int) -> Refused:
    return Refused(f"smtp.{code}", again=400 <= code < 500)


def can_ask() -> bool:
    """A mail server cannot be asked afterwards."""
    return False


def ask(letter: Letter) -> str:
    """Return "": nobody can be asked."""
    return ""
