// Shows the demo's mails. Text goes into text nodes only.
const list = document.getElementById('mails');
let newest = 0;

function element(tag, name, text) {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}

function copyButton(code) {
  const button = element('button', 'demo-copy', 'Copy');
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(code);
    button.textContent = 'Copied';
  });
  return button;
}

function card(mail) {
  const made = element('article', 'demo-mail', '');
  made.append(element('h2', 'demo-mail-to', mail.to));
  if (mail.code) {
    const line = element('p', 'demo-mail-line', '');
    line.append(element('output', 'demo-code', `${mail.code.slice(0, 4)} ${mail.code.slice(4)}`), copyButton(mail.code));
    made.append(line);
  }
  made.append(element('h3', 'demo-mail-subject', mail.subject), element('pre', 'demo-mail-text', mail.text));
  return made;
}

async function renew() {
  try {
    const mails = await (await fetch('/mail/messages')).json();
    if (mails.length > 0 && mails[0].number !== newest) {
      newest = mails[0].number;
      list.replaceChildren(...mails.map(card));
    }
  } catch {
    // The demo was stopped; it may come back.
  }
  setTimeout(renew, 1000);
}

renew();
