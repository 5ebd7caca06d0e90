from hubs.models.hubs import Hub, HubQuerySet

__all__ = ["Hub", "HubQuerySet"]
