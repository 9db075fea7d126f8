"""What the provider that carries our letters tells us of them, and trying a mailbox again."""

import warnings
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST

from members.actions.bouncing import hear, try_again
from members.mailboxes import paused_mailbox_of
from members.models import User
from members.rules.bouncing import verdict_of_event

# Providers whose events come with a signature or a secret, both of which django-anymail checks. Amazon's are not among
# them: anymail does not look at the signature of an SNS message, and confirms a subscription by Amazon's own library.
PROVIDERS = {
    "brevo": "anymail.webhooks.brevo.BrevoTrackingWebhookView",
    "mailersend": "anymail.webhooks.mailersend.MailerSendTrackingWebhookView",
    "mailgun": "anymail.webhooks.mailgun.MailgunTrackingWebhookView",
    "mailjet": "anymail.webhooks.mailjet.MailjetTrackingWebhookView",
    "mailtrap": "anymail.webhooks.mailtrap.MailtrapTrackingWebhookView",
    "postmark": "anymail.webhooks.postmark.PostmarkTrackingWebhookView",
    "sendgrid": "anymail.webhooks.sendgrid.SendGridTrackingWebhookView",
    "sparkpost": "anymail.webhooks.sparkpost.SparkPostTrackingWebhookView",
    "unisender_go": "anymail.webhooks.unisender_go.UnisenderGoTrackingWebhookView",
}
# Without this setting of anymail's the signature of that provider would not be looked at.
NEEDS_KEY = {"sendgrid": "SENDGRID_TRACKING_WEBHOOK_VERIFICATION_KEY"}
# What a body that is not the provider's makes a reader of it raise.
NOT_THEIRS = (SuspiciousOperation, ValueError, LookupError, TypeError, AttributeError)


@csrf_exempt  # a provider has no cookie of ours: its signature, or the secret in the address, is its permission
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def events(request: HttpRequest, provider: str) -> HttpResponse:
    """Bounces and complaints, from a provider that the settings name. What is not signed as agreed is refused, and
    nothing of it is kept or written into a log."""
    if provider not in settings.MAIL_EVENTS_FROM or provider not in PROVIDERS:
        raise Http404
    if provider in NEEDS_KEY and not settings.ANYMAIL.get(NEEDS_KEY[provider]):
        raise Http404
    with warnings.catch_warnings():
        # anymail has no account at SendGrid to try it with any more; what it reads and checks is tested here.
        warnings.simplefilter("ignore", import_string("anymail.exceptions.AnymailNotSupportedWarning"))
        source = import_string(PROVIDERS[provider])()
    try:
        source.run_validators(request)
        told = source.parse_events(request)
    except NOT_THEIRS:
        return HttpResponseBadRequest()
    for event in told:
        verdict = verdict_of_event(event.event_type, event.reject_reason, event.esp_event)
        hear(event.recipient or "", verdict, at=event.timestamp or timezone.now())
    return HttpResponse()


@require_POST
@login_required
def again(request: HttpRequest) -> HttpResponse:
    """Have letters sent to one's own mailbox again."""
    mailbox = paused_mailbox_of(cast("User", request.user))
    if mailbox is not None and try_again(mailbox):
        messages.success(request, _("We write to you again, from the next letter on."))
    return redirect("members:me")
