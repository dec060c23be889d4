// Saving as one goes: the same request as the Save button sends, answered in JSON after the commit. One request at a
// time, the newest state last. What got no answer may have been saved: it is sent again, unchanged, before anything else.
const PAUSE = 1500
const PATIENCE = 20_000
const FIRST_RETRY = 2000
const LAST_RETRY = 60_000

const form = document.querySelector('form[data-autosave]')
if (form) saveAsOneGoes(form)

function saveAsOneGoes(form) {
  const line = form.querySelector('[data-saving]')
  const action = form.querySelector('[data-saving-action]')
  let wanted = false // something was given that no request carries yet
  let unsettled = null // what was sent, until it is answered
  let running = null
  let timer = 0
  let wait = FIRST_RETRY
  let last = { state: '' }
  let finishing = false
  let leaving = false

  say('What you answer is saved as you go.')

  form.addEventListener('input', (event) => {
    wanted = true
    if (!event.target.matches('[type=radio], [type=checkbox]')) later(PAUSE)
  })
  form.addEventListener('change', () => { wanted = true; save() })
  form.addEventListener('a2p:save', () => { wanted = true; save() })
  form.addEventListener('submit', finishFirst)
  for (const returned of ['online', 'focus', 'pageshow']) window.addEventListener(returned, saveWhatIsLeft)
  document.addEventListener('visibilitychange', saveWhatIsLeft)

  function saveWhatIsLeft() {
    if ((wanted || unsettled) && document.visibilityState === 'visible') save()
  }

  function later(milliseconds) {
    clearTimeout(timer)
    timer = setTimeout(save, milliseconds)
  }

  function save() {
    clearTimeout(timer)
    running ??= sendAll().finally(() => { running = null })
    return running
  }

  async function sendAll() {
    const slow = setTimeout(() => say('Saving…'), 700)
    try {
      while (wanted || unsettled) if (!(await sendOne())) return
    } finally {
      clearTimeout(slow)
    }
  }

  // Whether to go on with what is left.
  async function sendOne() {
    if (!unsettled) {
      unsettled = new URLSearchParams(new FormData(form))
      wanted = false
    }
    const sent = unsettled
    form.dispatchEvent(new CustomEvent('a2p:sending'))
    last = await ask(form.action, sent)
    if (last.state === 'unanswered') return tryLater()
    wait = FIRST_RETRY
    if (last.state === 'expired' && sent.get('csrf_token') !== last.token) {
      form.elements.csrf_token.value = last.token
      sent.set('csrf_token', last.token)
      return true
    }
    unsettled = null
    take(sent)
    if (last.state === 'saved' || last.marks) return tell()
    wanted = true // nothing was saved, and what is on the page is still to be
    return tell()
  }

  function tryLater() {
    later(wait)
    wait = Math.min(wait * 2, LAST_RETRY)
    say(
      navigator.onLine && last.answered
        ? 'Not saved: the site does not answer just now. What you typed is still on this page; we keep trying.'
        : 'Not saved: you seem to be offline. What you typed is still on this page; it is saved as soon as you are back.',
    )
    return false
  }

  function take(sent) {
    for (const [name, mark] of Object.entries(last.marks ?? {})) {
      if (form.elements[name]) form.elements[name].value = mark
    }
    form.dispatchEvent(new CustomEvent('a2p:saved', { detail: { sent, marks: last.marks ?? {}, state: last.state } }))
  }

  function tell() {
    if (last.state === 'saved') {
      if (wanted) return true // what is newer goes at once, and the line speaks of that
      form.dataset.unsaved = 'false'
      say(`Saved at ${last.at}`)
      return true
    }
    form.dataset.unsaved = 'true'
    const [text, offer, then] = words(last)
    say(text, offer, then)
    return Boolean(last.marks)
  }

  function say(text, offer = '', then = '') {
    if (line.textContent !== text) line.textContent = text
    action.replaceChildren()
    if (offer) action.append(button(offer, then))
  }

  function button(text, then) {
    const made = document.createElement('button')
    made.type = 'submit'
    made.name = 'then'
    made.value = then
    made.className = 'app-link-button'
    made.textContent = text
    return made
  }

  // A button waits until what it leads away from is saved; with the site out of reach it leads nowhere.
  async function finishFirst(event) {
    if (leaving || !(wanted || unsettled || running)) return
    event.preventDefault()
    if (finishing) return
    finishing = true
    const pressed = event.submitter
    await save()
    finishing = false
    if (last.state === 'unanswered') return
    leaving = true
    form.requestSubmit(pressed?.isConnected ? pressed : undefined)
    leaving = false
  }
}

async function ask(address, sent) {
  const stop = new AbortController()
  const clock = setTimeout(() => stop.abort(), PATIENCE)
  try {
    const options = { method: 'POST', body: sent, redirect: 'manual', signal: stop.signal }
    const answer = await fetch(address, { ...options, headers: { Accept: 'application/json' } })
    if (answer.type === 'opaqueredirect') return { state: 'signed-out' }
    if (answer.status >= 500) return { state: 'unanswered', answered: true }
    if (!answer.headers.get('Content-Type')?.includes('json')) return { state: 'refused' }
    return await answer.json()
  } catch {
    return { state: 'unanswered' }
  } finally {
    clearTimeout(clock)
  }
}

function words({ state, wrong }) {
  switch (state) {
    case 'wrong':
      return [`Not saved yet: ${wrong === 1 ? '1 answer needs' : `${wrong} answers need`} attention`, 'Show what', 'here']
    case 'clash':
      return ['Somebody saved another answer meanwhile, so yours is not saved.', 'See both and choose', 'here']
    case 'signed-out':
      return ['You are signed out. What you typed is kept on this page, and is not saved.', 'Sign in again and keep it', '']
    case 'closed':
      return ['This round is closed and takes no more answers. What you typed just now is not saved.', '', '']
    case 'expired':
      return ['This page was open for too long. What you typed is kept on this page, and is not saved.', 'Keep it and go on', '']
    default:
      return ['Not saved: your link to this page has ended. What you typed is still on this page.', '', '']
  }
}
