"""The address at which somebody of the office signs the integrity pact."""

from django.urls import path

from services.integrity.pact import views

app_name = "integrity"
urlpatterns = [path("sign/", views.sign, name="sign_pact")]
