from django import forms
from django.utils.translation import gettext_lazy as _


class LogInForm(forms.Form):
    login = forms.CharField(label=_("登录名"), max_length=60)
    password = forms.CharField(label=_("密码"), max_length=200, strip=False, widget=forms.PasswordInput)
