"""What each role should do next, and how its places are doing."""


def page_frame(request):
    """What every page shows around its content: the way around, and who is logged in."""
    return {"nav": []}
