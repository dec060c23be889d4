// Everything here is a convenience: each page works without it.
import { initAll } from './govuk-frontend.min.js?v=6.3.0'

initAll()

// Questions asked only after certain answers on the same page appear and disappear with those answers.
const asked = document.querySelectorAll('[data-show-if]')

function chosen(form, question) {
  const values = new FormData(form).getAll(`a-${question}`)
  const source = document.getElementById(`q-${question}`)
  return source && source.hidden ? [] : values
}

function follow(form) {
  for (const question of form.querySelectorAll('[data-show-if]')) {
    const conditions = Object.entries(JSON.parse(question.dataset.showIf))
    question.hidden = !conditions.every(([source, wanted]) =>
      chosen(form, source).some((value) => wanted.includes(value)))
  }
}

for (const question of asked) question.classList.add('app-question--followed')
for (const form of new Set([...asked].map((question) => question.closest('form')).filter(Boolean))) {
  form.addEventListener('change', () => follow(form))
  window.addEventListener('pageshow', () => follow(form))
  follow(form)
}

// Leaving a page with typed text that is not saved asks first.
for (const form of document.querySelectorAll('form[data-unsaved]')) {
  let dirty = form.dataset.unsaved === 'true'
  form.addEventListener('input', () => { dirty = true })
  form.addEventListener('submit', () => { dirty = false })
  window.addEventListener('beforeunload', (event) => { if (dirty) event.preventDefault() })
}

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
