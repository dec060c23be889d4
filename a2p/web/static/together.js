// A round answered together: who else is there, and what they changed, without reloading the page away under anybody.
// An answer left alone follows theirs; one that was touched is kept, and its writer chooses.
const EVERY = 5000

const company = document.querySelector('[data-now]')
const form = document.querySelector('form[data-autosave]')
if (company && form) keepUp(company, form)

function keepUp(company, form) {
  const aloud = document.querySelector('[data-aloud]')
  const questions = new Map(
    [...form.querySelectorAll('.app-question')].map((part) => [part.id.replace(/^q-/, ''), part]),
  )
  const asShown = new Map()
  let saving = false
  let saves = 0

  if (form.dataset.unsaved !== 'true') for (const id of questions.keys()) asShown.set(id, given(id))

  form.addEventListener('a2p:sending', () => { saving = true; saves += 1 })
  form.addEventListener('a2p:saved', ({ detail }) => {
    saving = false
    for (const name of Object.keys(detail.marks)) {
      const id = name.replace(/^v-/, '')
      if (questions.has(id)) asShown.set(id, written(id, detail.sent))
    }
    if (detail.state === 'clash') look()
  })
  document.addEventListener('visibilitychange', look)
  setInterval(look, EVERY)

  function fields(id) {
    return [...questions.get(id).querySelectorAll('[name]')].filter((field) => field.name !== `v-${id}`)
  }

  function written(id, data) {
    const names = new Set(fields(id).map((field) => field.name))
    return JSON.stringify([...names].map((name) => data.getAll(name).map((text) => text.replace(/\r\n/g, '\n')).filter(Boolean)))
  }

  function given(id) {
    return written(id, new FormData(form))
  }

  async function look() {
    if (document.hidden) return
    const before = saves
    const marks = new URLSearchParams()
    for (const id of questions.keys()) marks.set(`v-${id}`, form.elements[`v-${id}`].value)
    const options = { headers: { Accept: 'application/json' }, redirect: 'manual' }
    const answer = await fetch(`${company.dataset.now}?${marks}`, options).catch(() => null)
    if (!answer?.ok) return
    const said = await answer.json()
    if (company.textContent !== said.line) company.textContent = said.line
    if (saving || saves !== before) return // what we sent ourselves may be what is new
    for (const [id, change] of Object.entries(said.changed)) meet(id, change)
  }

  function meet(id, change) {
    const theirs = new URLSearchParams()
    for (const [name, texts] of Object.entries(change.values)) for (const text of texts) theirs.append(name, text)
    if (given(id) === written(id, theirs)) {
      take(id, change)
    } else if (asShown.get(id) === given(id)) {
      take(id, change)
      tell(id, change)
    } else if (notice(id)?.dataset.mark !== change.mark) {
      tell(id, change, true)
    }
  }

  function take(id, { mark, values }) {
    for (const field of fields(id)) {
      const texts = values[field.name] ?? []
      if (field.matches('[type=radio], [type=checkbox]')) field.checked = texts.includes(field.value)
      else field.value = texts[0] ?? ''
      const folded = field.closest('details')
      if (folded && field.value) folded.open = true
    }
    form.elements[`v-${id}`].value = mark
    asShown.set(id, given(id))
    notice(id)?.remove()
    window.dispatchEvent(new Event('pageshow')) // what follows an answer appears with it
  }

  function notice(id) {
    return questions.get(id).querySelector('.app-changed')
  }

  function tell(id, change, choose = false) {
    notice(id)?.remove()
    const when = change.at ? ` at ${change.at}` : ''
    const text = `${change.by} changed this to ‘${change.text}’${when}.`
    const made = document.createElement('div')
    made.className = 'app-changed'
    made.dataset.mark = change.mark
    made.append(element('p', text, 'govuk-body'))
    if (change.note) made.append(element('p', change.note, 'govuk-body app-note app-lines'))
    if (choose) made.append(choices(id, change, made))
    questions.get(id).prepend(made)
    aloud.textContent = `${questions.get(id).querySelector('h2')?.textContent ?? ''} ${text}`
  }

  function choices(id, change, made) {
    const theirs = element('button', `Show ${change.by}’s answer`, 'govuk-button govuk-button--secondary')
    const mine = element('button', 'Keep mine', 'govuk-button govuk-button--secondary')
    for (const button of [theirs, mine]) button.type = 'button'
    theirs.addEventListener('click', () => chosen(() => take(id, change)))
    mine.addEventListener('click', () => chosen(() => { form.elements[`v-${id}`].value = change.mark }))
    const group = document.createElement('div')
    group.className = 'govuk-button-group'
    group.append(theirs, mine)
    return group

    function chosen(keep) {
      keep()
      made.remove()
      back(id)
      form.dispatchEvent(new CustomEvent('a2p:save'))
    }
  }

  // The button that had the focus is gone: on to the answer it was about.
  function back(id) {
    const answers = fields(id)
    ;(answers.find((field) => field.checked) ?? answers[0])?.focus()
  }

  function element(name, text, classes) {
    const made = document.createElement(name)
    made.className = classes
    made.textContent = text
    return made
  }
}
