from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from services.areas.access import Permission, requires

from .actions import PDF_TYPE, note_opened
from .models import Attachment
from .queries import Damaged, content_of


@requires(Permission.SEE_NAMES)
def attachment_detail(request, attachment_id):
    """A photo of a posyandu in scope; photos of tickets are reached through their ticket."""
    photos = Attachment.objects.within(request.scope).select_related("posyandu")
    attachment = get_object_or_404(photos, pk=attachment_id)
    note_opened(attachment=attachment, by=request.user)
    return photo_response(attachment)


def download_response(attachment: Attachment, filename: str) -> HttpResponse:
    """A kept photo or scan as a file to take away; the caller remembers that it was. `filename` has no ending."""
    response = photo_response(attachment)
    ending = "pdf" if attachment.content_type == PDF_TYPE else "jpg"
    response["Content-Disposition"] = f'attachment; filename="{filename}.{ending}"'
    return response


def photo_response(attachment: Attachment) -> HttpResponse:
    """The picture itself, to be looked at in the page and kept by no cache."""
    try:
        content = content_of(attachment)
    except Damaged as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=attachment.content_type)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
