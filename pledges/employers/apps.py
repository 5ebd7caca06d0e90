from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "pledges.employers"
    label = "employers"
    verbose_name = "Employers"
