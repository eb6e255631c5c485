from urllib.parse import quote

from django.shortcuts import render

from services.areas import clock
from services.areas.access import Permission, requires

from .. import queries


@requires(Permission.RECORD)
def invitation_list(request):
    """Messages ready to send by the kader's own phone. The numbers stand in the page only."""
    posts = queries.posts_in(request.scope)
    day = queries.next_day(request.scope, clock.today(posts[0].area_id if posts else ""))
    message = queries.group_message(day) if day else ""
    context = {
        "day": day,
        "message": message,
        "share": f"https://wa.me/?text={quote(message)}" if message else "",
        "people": queries.invitable_people(request.scope, day),
    }
    response = render(request, "follow_ups/invitation_list.html", context)
    response["Cache-Control"] = "no-store"
    return response
