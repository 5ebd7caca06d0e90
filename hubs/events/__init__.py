"""Events of hubs: announced, registered for, held, and what is stored of those who came."""
