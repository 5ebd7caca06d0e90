from django.apps import AppConfig


class ConversationConfig(AppConfig):
    name = "hubs.conversation"
    label = "conversation"
    verbose_name = "Conversation"
