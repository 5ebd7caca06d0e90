"""Events of hubs: announced, registered for, held; and what is kept of those who came."""
