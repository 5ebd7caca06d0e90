"""What is mine: my pledges, what I joined and liked, my data, and the end of my account."""

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from pledges.accounts.delete_account import delete_account
from pledges.accounts.my_data import Mine, everything
from pledges.accounts.personal_data import keepers

KEEP, REMOVE = "keep", "remove"


class DeleteForm(forms.Form):
    pledges = forms.ChoiceField(
        label=gettext_lazy("What should become of your pledges and posts?"),
        choices=[
            (KEEP, gettext_lazy("Keep them, without my name")),
            (REMOVE, gettext_lazy("Remove them")),
        ],
        error_messages={
            "required": gettext_lazy("Choose what should become of your pledges and posts")
        },
        widget=forms.RadioSelect({"class": "nhsuk-radios__input"}),
    )


@require_safe
@never_cache
@login_required
def mine(request: HttpRequest) -> HttpResponse:
    """The page of the person who is signed in."""
    shelves = [shelf for keeper in keepers() if (shelf := keeper.shelf(request.user))]
    return render(
        request,
        "pledges/accounts/mine/mine.html",
        {"mine": Mine.of(request.user), "shelves": shelves},
    )


@require_safe
@never_cache
@login_required
def data(request: HttpRequest) -> HttpResponse:
    """All that is kept of the person who is signed in, as a file of JSON."""
    answer = JsonResponse(everything(request.user), json_dumps_params={"indent": 2})
    answer["Content-Disposition"] = 'attachment; filename="changemap.json"'
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def delete(request: HttpRequest) -> HttpResponse:
    """Ask what should become of the pledges; the button deletes the account."""
    form = DeleteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        delete_account(request.user, keep_pledges=form.cleaned_data["pledges"] == KEEP)
        logout(request)
        messages.success(request, _("Your account is deleted."))
        return redirect("account_login")
    status = 400 if form.is_bound else 200
    return render(request, "pledges/accounts/mine/delete.html", {"form": form}, status=status)
