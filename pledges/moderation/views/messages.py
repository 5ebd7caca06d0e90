"""Getting in touch with the author of a pledge, and the pages of messages."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from pledges.accounts import rate_limits
from pledges.accounts.identity import person
from pledges.accounts.models import User
from pledges.moderation import contact_details, messages
from pledges.moderation.forms import MessageForm
from pledges.moderation.models import Block, Message
from pledges.pledging.models import Pledge

METHODS = ["GET", "HEAD", "POST"]
REVIEWED = "warned"  # what the text seems to tell was shown to its writer


@never_cache
@require_http_methods(METHODS)
def contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to the author of a public pledge who allows it; whoever wrote before goes on there."""
    pledge = get_object_or_404(Pledge.objects.public().with_everything(), pk=pk, contactable=True)
    who = person(request)
    if pledge.author is None or not pledge.author.is_active or pledge.author == who:
        raise Http404
    context = {"pledge": pledge}
    if who is None:
        return render(request, "pledges/moderation/messages/contact.html", context)
    before = Message.objects.filter(pledge=pledge, sender=who, first=None).first()
    if before:
        return redirect("thread", before.pk)
    form = MessageForm(request.POST if request.method == "POST" else None)
    context |= {"form": form, "may": messages.may_write(pledge, who, pledge.author, answers=False)}
    return _write(
        request,
        form,
        "pledges/moderation/messages/contact.html",
        context,
        lambda text: messages.write(pledge, who, text),
    )


@never_cache
@require_http_methods(METHODS)
@login_required
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """The messages of two people about a pledge; either answers, reports or blocks here."""
    who = request.user
    first = _first(pk, who)
    other = first.recipient if first.sender == who else first.sender
    if request.method == "POST" and "block" in request.POST:
        (messages.block if request.POST["block"] == "1" else messages.unblock)(who, other)
        return redirect("thread", pk)
    if request.method == "GET":
        messages.read(first, who)
    form = MessageForm(request.POST if request.method == "POST" else None)
    answers = first.recipient == who
    context = {
        "form": form,
        "first": first,
        "pledge": first.pledge,
        "messages_of_thread": Message.objects.thread(first),
        "author": first.recipient == who,
        "may": messages.may_write(first.pledge, who, other, answers=answers),
        "blocked": Block.objects.filter(person=who, blocked=other).exists(),
    }
    return _write(
        request,
        form,
        "pledges/moderation/messages/thread.html",
        context,
        lambda text: messages.reply(first, who, text),
    )


def _first(pk: int, who: User) -> Message:
    """The first message of a thread of this person's; 404 for everybody else's."""
    related = ("pledge__theme", "pledge__organisation", "sender", "recipient")
    found = Message.objects.between(who).select_related(*related)
    return get_object_or_404(found, pk=pk)


def _write(request, form, template, context, send) -> HttpResponse:
    """Send what the form says; a text that seems to tell too much is shown once more first."""
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        text = form.cleaned_data["text"]
        found = contact_details.telling(text)
        if found and not request.POST.get(REVIEWED):
            context |= {"warned": contact_details.in_words(found)}
            return render(request, template, context)
        try:
            sent = send(text)
            return redirect("thread", sent.first_id or sent.pk)
        except rate_limits.TooMany as error:
            form.add_error("text", error.description)
            status = 429
        except messages.NoMessages as error:
            form.add_error("text", error.description)
            status = 403
    return render(request, template, context, status=status)
