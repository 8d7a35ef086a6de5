"""The servers of docs/SITE_LOGIN.md, each with a driver that asks it twice: signed out, then as Ann."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/SITE_LOGIN.md"
ANN = '{"id": 7, "name": "Ann"}'
FLASK = f"""
import sys; sys.argv = [""]
from flask_site import app
client = app.test_client()
print(client.post("/chat-token").status_code)
with client.session_transaction() as session:
    session["user"] = {ANN}
print(client.post("/chat-token").text)
"""
FASTAPI = f"""
from fastapi_site import app
from starlette.testclient import TestClient

@app.post("/login")
def login(request: __import__("fastapi").Request) -> None:
    request.session["user"] = {ANN}

client = TestClient(app)
print(client.post("/chat-token").status_code)
client.post("/login")
print(client.post("/chat-token").text)
"""
DJANGO = """
import django
from django.conf import settings
apps = ["django.contrib.auth", "django.contrib.contenttypes"]
settings.configure(SECRET_KEY="x", ALLOWED_HOSTS=["*"], INSTALLED_APPS=apps)
django.setup()
from django.contrib.auth.models import AnonymousUser, User
from django.test import RequestFactory
from chat_token import chat_token
request = RequestFactory().post("/chat-token")
request.user = AnonymousUser()
print(chat_token(request).status_code)
request.user = User(pk=7, username="Ann")
print(chat_token(request).content.decode())
"""
EXPRESS = f"""
const app = require('./express_site.js')
const server = app.listen(0, '127.0.0.1', async () => {{
  const ask = () => fetch(`http://127.0.0.1:${{server.address().port}}/chat-token`, {{ method: 'POST' }})
  console.log((await ask()).status)
  app.request.user = {ANN}
  console.log(await (await ask()).text())
  server.close()
}})
"""
# Rails itself is some hundred packages: what the controller asks of it is written here.
RAILS = """
require "securerandom"
User = Struct.new(:id, :name)
class ApplicationController
  attr_accessor :current_user
  def self.skip_forgery_protection; end
  def response = @response ||= Struct.new(:headers).new({})
  def head(status) = puts({ unauthorized: 401 }.fetch(status))
  def render(plain:) = puts(plain)
end
require "./chat_tokens_controller"
controller = ChatTokensController.new
controller.create
controller.current_user = User.new(7, "Ann")
controller.create
"""
PHP = """<?php
session_id('one');
if (getenv('SIGNED_IN')) { session_start(); $_SESSION['user'] = ['id' => 7, 'name' => 'Ann']; session_write_close(); }
register_shutdown_function(function () { if (http_response_code() === 401) { echo "401\\n"; } });
"""


@dataclass(frozen=True)
class Example:
    """`file` is what the page calls it; `algorithm` that of its key."""

    name: str
    file: str
    driver: str
    algorithm: str = "ES256"


EXAMPLES = (
    Example("Flask", "flask_site.py", FLASK),
    Example("FastAPI", "fastapi_site.py", FASTAPI),
    Example("Django", "chat_token.py", DJANGO),
    Example("Express", "express_site.js", EXPRESS),
    Example("Rails", "chat_tokens_controller.rb", RAILS),
    Example("PHP", "chat-token.php", PHP, "RS256"),
)


def code_of(name: str) -> str:
    """What stands below the heading."""
    match = re.search(rf"\n### {name}\n.*?```\w+\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert match is not None, name
    return match[1]
