"""Rating things and commenting on them; one's own comment in whatever state."""

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hubs.following import actions
from hubs.following.forms import CommentForm, FeedbackForm
from hubs.following.models import Comment, Rating
from hubs.following.moderated import address_of, public_comments
from hubs.following.ratable import rated
from pledges.accounts import rate_limits
from pledges.accounts.typing import SignedInRequest
from pledges.ratable import Thing

METHODS = ["GET", "HEAD", "POST"]
RATINGS = rate_limits.Limit("ratings-from-person", 120, 3600)
COMMENTS = rate_limits.Limit("comments-from-person", 20, 3600)


@require_http_methods(METHODS)
@never_cache
@login_required
def rate(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Rate a thing, comment on it, or remove one's rating."""
    thing = rated().called(slug)
    row = get_object_or_404(thing.public(), pk=pk)
    who = request.user
    if request.method == "POST" and "undo" in request.POST:
        actions.remove_rating(who, row)
        messages.success(request, _("Your rating is taken back."))
        return redirect(thing.address(row))
    own = Rating.objects.about(row).filter(person=who).first()
    start = {"stars": own and own.stars, "display_name": who.name, "form_key": uuid.uuid4()}
    form = FeedbackForm(request.POST if request.method == "POST" else None, initial=start)
    status = 400
    if form.is_valid():
        try:
            return _save(request, thing, row, form.cleaned_data)
        except rate_limits.TooMany as error:
            form.add_error(None, error.description)
            status = 429
    context = {"form": form, "title": thing.title(row), "link": thing.address(row), "own": own}
    status = status if form.errors else 200
    return render(request, "hubs/following/feedback_form.html", context, status=status)


def _save(
    request: SignedInRequest, thing: Thing[Any], row: Model, given: dict[str, Any]
) -> HttpResponse:
    """Save what a valid form holds, and redirect to where it is seen."""
    who = request.user
    if given["text"]:
        rate_limits.take(COMMENTS, str(who.pk))
    if given["stars"]:
        rate_limits.take(RATINGS, str(who.pk))
        actions.rate(who, thing, row, given["stars"])
    if not given["text"]:
        messages.success(request, _("Thank you: your rating is counted."))
        return redirect(thing.address(row))
    given = {name: given[name] for name in ("text", "display_name", "form_key")}
    comment = actions.add_comment(who, thing, row, **given)
    if not comment.public:
        return redirect("my-comment", comment.pk)
    return redirect(address_of(comment))


@require_http_methods(METHODS)
@never_cache
@login_required
def my_comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """One's own comment: edited, or removed."""
    comment = get_object_or_404(Comment, pk=pk, author=request.user)
    if request.method == "POST" and "remove" in request.POST:
        comment.delete()
        messages.success(request, _("Your comment is removed."))
        return redirect("mine")
    start = {"text": comment.text, "display_name": comment.display_name}
    form = CommentForm(request.POST if request.method == "POST" else None, initial=start)
    if form.is_valid():
        comment = actions.edit_comment(comment, **form.cleaned_data)
        messages.success(request, _("Saved."))
        shown = public_comments().filter(pk=pk).exists()
        return redirect(address_of(comment)) if shown else redirect("my-comment", pk)
    context = {"form": form, "comment": comment}
    return render(
        request, "hubs/following/comment.html", context, status=400 if form.errors else 200
    )
