"""Photos are made small before they are sent and shown back; without JavaScript they go as they are."""

import io

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

pytestmark = [
    pytest.mark.usefixtures("surabaya"),
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.pages.urls"),
]
SIZES = "input => [...input.files].map((file) => [file.name, file.type, file.size])"


def photo(name: str, *, side: int = 3600) -> FilePayload:
    """A photo as a phone takes it: noisy, and therefore large."""
    content = io.BytesIO()
    Image.effect_noise((side, side * 3 // 4), 60).convert("RGB").save(content, "JPEG", quality=92)
    return {"name": name, "mimeType": "image/jpeg", "buffer": content.getvalue()}


def test_a_photo_is_shrunk_shown_and_may_be_taken_again(quiet_page: Page) -> None:
    quiet_page.goto("/demo/gallery/")
    photos = quiet_page.get_by_label("Photos of the identity card")
    large = photo("KTP.jpg")

    photos.set_input_files([large, photo("small.jpg", side=400)])

    expect(quiet_page.get_by_role("button", name="Yes, readable")).to_have_count(2)
    [[first_name, kind, size], [second_name, *_]] = photos.evaluate(SIZES)
    assert (first_name, kind, second_name) == ("KTP.jpg", "image/jpeg", "small.jpg")
    assert size < len(large["buffer"]) / 2

    with quiet_page.expect_file_chooser():
        quiet_page.get_by_role("button", name="Take again", exact=True).first.click()
    assert [name for name, *_ in photos.evaluate(SIZES)] == ["small.jpg"]

    quiet_page.get_by_role("button", name="Yes, readable").click()
    expect(quiet_page.get_by_role("button", name="Yes, readable")).to_have_count(0)
    assert [name for name, *_ in photos.evaluate(SIZES)] == ["small.jpg"]


def test_a_file_that_is_no_photo_goes_as_it_is(quiet_page: Page) -> None:
    quiet_page.goto("/demo/gallery/")
    photos = quiet_page.get_by_label("Photos of the identity card")

    photos.set_input_files({"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})

    assert photos.evaluate(SIZES) == [["plan.pdf", "application/pdf", 8]]
    expect(quiet_page.get_by_role("button", name="Yes, readable")).to_have_count(0)
