// A form with data-passkey ("add" or "use") asks the device before it is sent. It stays hidden where the browser knows
// no passkeys, or the site has no name that a passkey could be bound to (a bare network address).
const kinds = {
  add: (options) =>
    navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) }),
  use: (options) => navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) }),
};

function isPossible() {
  return Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON) && !/^[\d.:[\]]+$/.test(location.hostname);
}

async function answer(form) {
  const asked = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
  const given = await kinds[form.dataset.passkey](await asked.json());
  form.elements.credential.value = JSON.stringify(given.toJSON());
  form.submit();
}

for (const form of isPossible() ? document.querySelectorAll("form[data-passkey]") : []) {
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const problem = form.querySelector("[role=status]");
    problem.textContent = "";
    answer(form).catch(() => {
      problem.textContent = problem.dataset.words;
    });
  });
}
