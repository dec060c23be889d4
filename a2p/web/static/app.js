// Everything here is a convenience: each page works without it.
import { initAll } from './govuk-frontend.min.js?v=6.3.0'

initAll()

// What is asked only after certain answers on the same page appears and disappears with those answers.
const asked = document.querySelectorAll('[data-show-if]')

function chosen(form, field) {
  const source = document.getElementById(field.replace(/^[a-z]+-/, 'q-'))
  return source && source.hidden ? [] : new FormData(form).getAll(field)
}

function follow(form) {
  for (const part of form.querySelectorAll('[data-show-if]')) {
    const conditions = Object.entries(JSON.parse(part.dataset.showIf))
    part.hidden = !conditions.every(([field, wanted]) => chosen(form, field).some((value) => wanted.includes(value)))
  }
}

for (const part of asked) part.classList.add('app-question--followed')
for (const form of new Set([...asked].map((part) => part.closest('form')).filter(Boolean))) {
  form.addEventListener('change', () => follow(form))
  window.addEventListener('pageshow', () => follow(form))
  follow(form)
}

// Leaving a page with typed text that is not saved asks first. A page that saves as one goes sets it back: answering.js.
for (const form of document.querySelectorAll('form[data-unsaved]')) {
  form.addEventListener('input', () => { form.dataset.unsaved = 'true' })
  form.addEventListener('submit', (event) => { if (!event.defaultPrevented) form.dataset.unsaved = 'false' })
  window.addEventListener('beforeunload', (event) => { if (form.dataset.unsaved === 'true') event.preventDefault() })
}

// A document that is being made: look every two seconds, and show the page again once it says something else.
const pending = document.querySelector('[data-until-ready]')
if (pending) {
  pending.textContent = 'This page tells you when it is ready.'
  const look = setInterval(async () => {
    const answer = await fetch(location.href).catch(() => null)
    if (answer === null || (await answer.text()).includes('data-until-ready')) return
    clearInterval(look)
    location.reload()
  }, 2000)
}

for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = !navigator.clipboard
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent)
    button.textContent = 'Copied'
  })
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
