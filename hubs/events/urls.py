"""The addresses of events. The slug of an event ends in a hyphen and four characters, so that it
is none of the fixed words here."""

from django.urls import path

from hubs.events.views import discussing, organising, people, public, registrations

event_urlpatterns = [
    path("", public.events, name="events"),
    path("calendar.ics", public.calendar, name="event-calendar"),
    path("organise/", organising.organised, name="event-organise"),
    path("new/", organising.new, name="event-new"),
    path("place/<str:token>/", registrations.registration, name="event-place"),
    path("for-post/<int:pk>/", discussing.events_of_post, name="event-for-post"),
    path("<slug:slug>/", public.event, name="event"),
    path("<slug:slug>/event.ics", public.event_file, name="event-file"),
    path("<slug:slug>/register/", registrations.register, name="event-register"),
    path("<slug:slug>/run/", organising.run, name="event-run"),
    path("<slug:slug>/edit/", organising.edit, name="event-edit"),
    path("<slug:slug>/posts/", discussing.posts_of_event, name="event-posts"),
    path("<slug:slug>/message/", organising.announce, name="event-message"),
    path("<slug:slug>/people/", people.people, name="event-people"),
    path("<slug:slug>/people.csv", people.people_csv, name="event-people-table"),
    path("<slug:slug>/check-in/", people.check_in, name="event-check-in"),
    path("<slug:slug>/run/<slug:verb>/", organising.decide, name="event-decide"),
]
