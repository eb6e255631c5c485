from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import render

from services.web.views import open_to_all

login = open_to_all(LoginView.as_view(template_name="accounts/login.html"))
logout = LogoutView.as_view()


@open_to_all
def login_again(request):
    return render(request, "accounts/login.html", status=401)


def locked_out(request, credentials, *args, **kwargs):
    return render(request, "429.html", status=429)
