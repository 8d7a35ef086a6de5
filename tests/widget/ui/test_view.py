from widget.ui.view import attributes, h, to_html


def test_text_is_escaped_in_elements_and_attributes() -> None:
    node = h("p", {"title": '"><img src=x>'}, ["<script>alert('1')</script> & more"])
    assert to_html(node) == (
        "<p title=\"&quot;&gt;&lt;img src=x&gt;\">&lt;script&gt;alert('1')&lt;/script&gt; &amp; more</p>"
    )


def test_void_elements_have_no_end_tag() -> None:
    assert to_html(h("input", {"value": "a"})) == '<input value="a">'


def test_a_textareas_value_is_its_content() -> None:
    assert to_html(h("textarea", {"rows": "1", "value": "a\n</textarea>"})) == (
        '<textarea rows="1">a\n&lt;/textarea&gt;</textarea>'
    )


def test_an_attribute_of_none_is_not_there() -> None:
    node = h("button", {"class": "cw-button", "type": "button", "aria-disabled": None, "autofocus": ""}, ["Go"])
    assert attributes(node) == {"class": "cw-button", "type": "button", "autofocus": ""}
    assert to_html(node) == '<button class="cw-button" type="button" autofocus="">Go</button>'
