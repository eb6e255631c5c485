"""The registration dossier of a posyandu, and the decrees of the Tim Pembina."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from services.areas import clock
from services.areas.access import Permission, requires
from services.web.submissions import Receipt
from services.web.views import page, respond

from ..actions import move_dossier, save_team
from ..forms import DossierForm, TeamForm
from ..models import CoachingTeam, DossierStep, Posyandu, RegistrationDossier
from ..queries import areas_within, teams_of


@requires(Permission.MANAGE_BOARD)
def dossier_edit(request, pk):
    """What the dossier holds, how far it is, and the number that Kemendagri gave."""
    post = get_object_or_404(Posyandu.objects.within(request.scope), pk=pk)
    dossier = RegistrationDossier.objects.within(request.scope).filter(pk=pk).first()
    form = DossierForm(request.POST or None, instance=dossier, initial={"number": post.registration_number or ""})

    def save():
        values = form.cleaned_data
        move_dossier(
            posyandu=post,
            state=values["state"],
            papers=form.papers,
            number=values["number"].strip(),
            on=clock.today(post.path),
            remark=values["remark"],
            by=request.user,
        )
        return Receipt(location=reverse("posyandu:board_detail", args=[post.pk]), message="Berkas registrasi tersimpan")

    steps = DossierStep.objects.within(request.scope).filter(dossier=pk).select_related("author").order_by("-pk")
    context = {"post": post, "steps": list(steps)}
    if request.method == "POST":
        return respond(request, form, save, "posyandu/dossier_edit.html", context)
    return page(request, "posyandu/dossier_edit.html", {**context, "form": form})


@requires(Permission.MANAGE_TEAMS)
def team_list(request):
    """The Tim Pembina of the places in scope, with their decrees."""
    context = {
        "teams": list(teams_of(request.scope)),
        "areas": list(areas_within(request.scope).filter(pk__in=request.scope.areas)),
    }
    return render(request, "posyandu/team_list.html", context)


@requires(Permission.MANAGE_TEAMS)
def team_new(request, code):
    """The decree of a Tim Pembina that was formed."""
    area = get_object_or_404(areas_within(request.scope), pk=code)
    return _answer(request, CoachingTeam(area=area), "posyandu/team_new.html")


@requires(Permission.MANAGE_TEAMS)
def team_edit(request, pk):
    team = get_object_or_404(CoachingTeam.objects.within(request.scope).select_related("area"), pk=pk)
    return _answer(request, team, "posyandu/team_edit.html")


def _answer(request, team: CoachingTeam, template: str):
    form = TeamForm(request.POST or None, instance=team)

    def save():
        save_team(team=form.instance, by=request.user)
        return Receipt(location=reverse("posyandu:team_list"), message="SK Tim Pembina tersimpan")

    if request.method == "POST":
        return respond(request, form, save, template, {"area": team.area})
    return page(request, template, {"area": team.area, "form": form})
