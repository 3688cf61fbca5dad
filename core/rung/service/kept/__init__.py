"""Whether what was promised was kept, and how much of it falls due in the weeks to come."""

from rung.service.kept.instances import Act, Instance, Kept, instances
from rung.service.kept.rhythms import ContactRhythm, ReviewRhythm, Rhythm

__all__ = ["Act", "ContactRhythm", "Instance", "Kept", "ReviewRhythm", "Rhythm", "instances"]
