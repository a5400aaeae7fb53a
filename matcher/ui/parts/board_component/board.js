// The board: cards of groups whose people can be picked up, by mouse, finger or keyboard.
// Everything that comes from a user is shown through textContent; nothing is fetched.

const kept = new WeakMap()

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".board")
  if (!root || !data) return
  const state = kept.get(root) ?? { picked: null, open: new Set(), byKey: false, back: null }
  kept.set(root, state)
  const words = data.words
  const people = new Map(data.cards.flatMap((card) => card.members.map((m) => [m.index, { ...m, card }])))
  if (!people.has(state.picked)) state.picked = null

  const focused = root.contains(root.getRootNode().activeElement)
    ? root.getRootNode().activeElement.dataset.focus
    : undefined
  const live = root.querySelector(".board-live")
  const grid = root.querySelector(".board-grid")
  const bar = root.querySelector(".board-bar")
  grid.replaceChildren(...data.cards.map(card))
  grid.classList.toggle("small", data.small)
  root.setAttribute("aria-label", words.board)
  show()
  if (focused) grid.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus()
  else if (state.back !== null && state.run !== data.run) comeBack(state.back, 20)
  state.run = data.run

  // whoever changed the plan by keys goes on from there, once the question in between is closed
  function comeBack(index, times) {
    setTimeout(() => {
      if (document.querySelector('[role="dialog"]')) {
        if (times) comeBack(index, times - 1)
        return
      }
      state.back = null
      if (document.activeElement === document.body) grid.querySelector(`[data-member="${index}"]`)?.focus()
    }, 100)
  }

  function send(what, told) {
    setTriggerValue(what, { run: data.run, ...told })
  }

  function card(told) {
    const marks = told.marks.map((mark) => el("li", `board-mark ${mark.kind}`, `${mark.sign} ${mark.text}`))
    const head = el("header", "board-head", "", [
      text("h3", "board-name", told.name),
      told.score === null ? null : el("span", `board-score ${told.grade}`, "", [
        el("b", "", String(told.score)), el("span", "", told.word),
      ]),
    ])
    const section = el("section", "board-card", "", [
      head,
      marks.length ? el("ul", "board-marks", "", marks) : null,
      ...told.blocks.map((block) => list(told, block)),
      data.editable ? here(told) : null,
      told.goals.length ? el("dl", "board-goals", "", told.goals.flatMap(goal)) : null,
      ...told.said.map((part) => said(told, part)),
      data.editable ? foot(told) : null,
    ])
    section.setAttribute("aria-label", told.name)
    section.dataset.group = told.number
    if (told.locked) section.classList.add("locked")
    if (data.editable) {
      section.ondragover = (event) => {
        if (state.picked === null) return
        event.preventDefault()
        section.classList.add("over")
      }
      section.ondragleave = () => section.classList.remove("over")
      section.ondrop = (event) => {
        event.preventDefault()
        section.classList.remove("over")
        moveTo(told)
      }
    }
    return section
  }

  function list(told, block) {
    const ul = el("ul", `board-people${told.blocks.length > 1 ? " buddies" : ""}`)
    ul.append(...block.map((index) => el("li", "", "", [person(told, people.get(index))])))
    if (told.blocks.length > 1) ul.setAttribute("aria-label", words.buddies)
    return ul
  }

  function person(told, member) {
    const face = el("span", "board-face", member.initials)
    face.dataset.hue = member.powers[0]?.hue ?? "gray"
    face.setAttribute("aria-hidden", "true")
    const powers = member.powers.map((power) => {
      const chip = el("span", "board-power", `${power.sign} ${power.name}`)
      chip.dataset.hue = power.hue
      chip.title = power.family
      return chip
    })
    const node = el("div", "board-person", "", [
      face,
      el("span", "board-who", "", [
        text("span", "board-called", member.name),
        el("span", "board-powers", "", powers.length ? powers : [el("span", "board-none", words.none)]),
        ...member.notes.map((note) => el("span", "board-note", note)),
      ]),
      member.locked ? el("span", "board-lock", "🔒 " + words.locked) : null,
    ])
    if (member.hit) node.classList.add("hit")
    if (!data.editable) return node
    node.dataset.member = member.index
    node.dataset.focus = `m${member.index}`
    node.setAttribute("role", "button")
    node.tabIndex = member.index === told.blocks[0][0] ? 0 : -1
    node.draggable = !member.locked
    node.onclick = () => {
      state.byKey = false
      choose(member.index)
    }
    node.onkeydown = (event) => key(event, member.index)
    node.ondragstart = (event) => {
      state.byKey = false
      event.dataTransfer.effectAllowed = "move"
      event.dataTransfer.setData("text/plain", String(member.index))
      state.picked = member.index
      show()
    }
    node.ondragend = () => putDown()
    node.ondragover = (event) => {
      if (state.picked === null || state.picked === member.index) return
      event.preventDefault()
      node.classList.add("over")
    }
    node.ondragleave = () => node.classList.remove("over")
    node.ondrop = (event) => {
      event.preventDefault()
      event.stopPropagation()
      node.classList.remove("over")
      swapWith(member.index)
    }
    return node
  }

  function goal(told) {
    const bar = el("span", "board-bar-of", "", [el("i")])
    const share = (value) => `${Math.max(0, Math.min(100, value))}%`
    bar.style.setProperty("--value", share(told.value))
    bar.style.setProperty("--mean", share(told.mean))
    bar.title = told.told
    return [el("dt", "", told.label), el("dd", "", "", [bar, el("span", "", String(told.value))])]
  }

  function said(told, part) {
    const id = `${told.number} ${part.title}`
    const items = part.lines.map((line) => text("li", "", line))
    const body = el("ul", "board-said", "", items)
    if (!part.folded) return el("div", "board-part", "", [el("h4", "", part.title), body])
    const details = el("details", "board-part", "", [el("summary", "", part.title), body])
    details.open = state.open.has(id)
    details.ontoggle = () => (details.open ? state.open.add(id) : state.open.delete(id))
    return details
  }

  function here(told) {
    const button = el("button", "board-here", words.here)
    button.type = "button"
    button.dataset.focus = `h${told.number}`
    button.onclick = () => moveTo(told)
    return button
  }

  function foot(told) {
    const made = (what, label) => {
      const button = el("button", "board-act", label)
      button.type = "button"
      button.dataset.focus = `${what}${told.number}`
      button.setAttribute("aria-label", `${label}: ${told.name}`)
      button.onclick = () => send("act", { what, group: told.number })
      return button
    }
    return el("footer", "board-foot", "", [
      made("why", words.why),
      made("swaps", words.swaps),
      made("lock", told.locked ? words.unlock : words.lock),
    ])
  }

  function choose(index) {
    const member = people.get(index)
    if (state.picked === index) return putDown()
    if (state.picked !== null && people.get(state.picked).card !== member.card) return swapWith(index)
    state.picked = index
    show()
  }

  function key(event, index) {
    const { card } = people.get(index)
    const order = card.blocks.flat()
    const cards = data.cards
    const at = order.indexOf(index)
    const near = cards[cards.indexOf(card) + (event.key === "ArrowRight" ? 1 : -1)]
    let to
    state.byKey = true
    if (event.key === "Enter" || event.key === " ") choose(index)
    else if (event.key === "Escape") putDown()
    else if (event.key === "ArrowDown") to = order[at + 1] ?? cards[cards.indexOf(card) + 1]?.blocks.flat()[0]
    else if (event.key === "ArrowUp") to = order[at - 1] ?? cards[cards.indexOf(card) - 1]?.blocks.flat().at(-1)
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const there = near?.blocks.flat() ?? []
      to = there[Math.min(at, there.length - 1)]
    } else return
    event.preventDefault()
    if (to !== undefined) grid.querySelector(`[data-member="${to}"]`).focus()
  }

  function swapWith(other) {
    const member = state.picked
    if (member === null || people.get(member).card === people.get(other).card) return putDown()
    putDown()
    state.back = state.byKey ? member : null
    send("wish", { member, other, group: null })
  }

  function moveTo(told) {
    const member = state.picked
    if (member === null || people.get(member).card.number === told.number) return putDown()
    putDown()
    state.back = state.byKey ? member : null
    send("wish", { member, other: null, group: told.number })
  }

  function putDown() {
    state.picked = null
    show()
  }

  function show() {
    const member = state.picked === null ? null : people.get(state.picked)
    root.classList.toggle("picking", member !== null)
    for (const node of grid.querySelectorAll(".over")) node.classList.remove("over")
    for (const node of grid.querySelectorAll("[data-member]")) {
      node.setAttribute("aria-pressed", String(Number(node.dataset.member) === state.picked))
    }
    for (const node of grid.querySelectorAll("[data-group]")) {
      node.classList.toggle("home", member !== null && Number(node.dataset.group) === member.card.number)
    }
    bar.replaceChildren()
    if (!member) {
      live.textContent = ""
      return
    }
    const how = member.locked ? words.isLocked : words.picked
    live.textContent = `${member.name}: ${how}`
    const act = (label, run) => {
      const button = el("button", "board-act", label)
      button.type = "button"
      button.onclick = run
      return button
    }
    bar.append(
      el("span", "board-bar-said", "", [text("b", "", member.name), el("span", "", how)]),
      act(words.whyHere, () => send("act", { what: "why member", member: member.index })),
      act(member.locked ? words.unlockMember : words.lockMember, () => {
        putDown()
        send("act", { what: "lock member", member: member.index })
      }),
      act(words.down, putDown),
    )
  }
}

function el(tag, className = "", content = "", children = []) {
  const node = document.createElement(tag)
  if (className) node.className = className
  if (content) node.textContent = content
  node.append(...children.filter((child) => child !== null))
  return node
}

function text(tag, className, content) {
  const node = el(tag, className, content)
  node.dir = "auto"
  return node
}
