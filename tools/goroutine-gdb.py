# SPDX-License-Identifier: MIT
"""gdb commands for programs that use libgoroutine.

    info goroutines           every goroutine: id, state, name, function
    goroutine N COMMAND       run a gdb command in goroutine N, e.g. bt
    goroutine all COMMAND     in each of them

Load it with  source goroutine-gdb.py.  Works in a live process and on a core
file, and needs the library's debug information, not that of the program.

A goroutine that does not run is shown by unwinding: the selected thread's
innermost frame is given the goroutine's saved context as its caller.  Nothing
is written to the process, so no system call in progress is disturbed.
"""

import gdb
import gdb.unwinder

DEAD, RUNNABLE, RUNNING, WAITING = range(4)
MINUTE = 60 * 10**9

# Names of pc, sp and frame pointer in gdb.
REGISTERS = {
    "i386:x86-64": ("rip", "rsp", "rbp"),
    "aarch64": ("pc", "sp", "x29"),
}


class FrameId:
    """What gdb wants to know a frame by."""

    def __init__(self, sp, pc):
        self.sp = sp
        self.pc = pc


class ContextUnwinder(gdb.unwinder.Unwinder):
    """Makes a saved context the caller of a thread's innermost frame."""

    def __init__(self):
        super().__init__("libgoroutine")
        self.context = None  # while a command runs
        self.start = None  # pc and sp of the frame to start from

    def __call__(self, pending):
        if self.context is None:
            return None
        names = REGISTERS.get(pending.architecture().name())
        if names is None:
            return None
        pc, sp = (pending.read_register(name) for name in names[:2])
        if (int(pc), int(sp)) != self.start:
            return None
        types = [pending.read_register(name).type for name in names]
        values = [self.context[field] for field in ("pc", "sp", "bp")]
        # Stacks grow down: a caller below its callee would look corrupt.
        below = gdb.Value(int(values[1]) - 256).cast(sp.type)
        info = pending.create_unwind_info(FrameId(below, pc))
        for name, kind, value in zip(names, types, values):
            info.add_saved_register(name, gdb.Value(int(value)).cast(kind))
        return info

    def __enter__(self):
        gdb.invalidate_cached_frames()
        frame = gdb.newest_frame()
        names = REGISTERS[frame.architecture().name()]
        self.start = tuple(int(frame.read_register(name)) for name in names[:2])
        return self

    def __exit__(self, *_):
        self.context = None
        gdb.invalidate_cached_frames()


UNWINDER = ContextUnwinder()
gdb.unwinder.register_unwinder(None, UNWINDER, replace=True)


def static(name, function):
    """A static variable of the file that defines function.

    The program may have variables of the same name.
    """
    symbol = gdb.lookup_global_symbol(function) or gdb.lookup_static_symbol(function)
    if symbol is None:
        raise gdb.GdbError("no debug information of libgoroutine")
    for block in (symbol.symtab.static_block(), symbol.symtab.global_block()):
        for found in block:
            if found.name == name and (found.is_variable or found.is_constant):
                return found.value()
    raise gdb.GdbError("libgoroutine has no %s: another version?" % name)


def g_of_slot(arena, usable, index, consts, pointer):
    """The goroutine of a stack slot, or None if it was never used."""
    lo = int(arena["base"]) + index * int(arena["slot"]) + consts["guard"]
    colour = lo // consts["page"] * 7 % consts["colours"] * consts["step"]
    size = (pointer.target().sizeof + 63) // 64 * 64
    g = gdb.Value(lo + usable - colour - size).cast(pointer)
    return g.dereference() if int(g["stack_lo"]) == lo else None


def stack_goroutines():
    """Goroutines with a stack of ours."""
    names = ("PAGE", "GUARD_PAGES", "COLOURS", "COLOUR_STEP")
    page, guards, colours, step = (int(static(name, "stack_alloc")) for name in names)
    consts = {"page": page, "guard": page * guards, "colours": colours, "step": step}
    arenas, classes = static("arenas", "stack_alloc"), static("classes", "stack_alloc")
    pointer = gdb.lookup_type("struct g").pointer()
    for i in range(int(static("narenas", "stack_alloc"))):
        arena = arenas[i]
        usable = int(classes[int(arena["class"])]["usable"])
        for k in range(int(arena["used"])):
            g = g_of_slot(arena, usable, k, consts, pointer)
            if g is not None:
                yield g


def foreign_goroutines():
    """Those that stand for threads that are not ours."""
    alien = static("aliens", "alien_enter")
    while alien:
        if not alien["m"]["alien_gone"]:
            yield alien["g"]
        alien = alien["next"]


def goroutines():
    """Every live goroutine, by id."""
    found = {}
    main = static("sched", "wait_reason_text")["main_g"]
    if main:
        found[int(main["id"])] = main.dereference()
    for source in (stack_goroutines, foreign_goroutines):
        for g in source():
            if int(g["status"]) != DEAD and not g["is_g0"]:
                found[int(g["id"])] = g
    return {number: found[number] for number in sorted(found)
            if int(found[number]["status"]) != DEAD}


def threads_of_goroutines():
    """Address of a running goroutine -> kernel's id of its thread."""
    running = {}
    m = static("sched", "wait_reason_text")["allm"]
    while m:
        running[int(m["curg"])] = int(m["tid"])
        m = m["all_link"]
    alien = static("aliens", "alien_enter")
    while alien:
        running[int(alien["g"].address)] = int(alien["m"]["tid"])
        alien = alien["next"]
    return running


def wait_text(reason):
    """Go's words for why a goroutine waits."""
    return gdb.parse_and_eval("wait_reason_text::text")[reason].string()


def state(g):
    """As in the header of a dump."""
    status = int(g["status"])
    if status == RUNNABLE:
        return "runnable"
    if status == RUNNING:
        return "running"
    text = wait_text(int(g["reason"]))
    waited = int(static("sched", "wait_reason_text")["now_coarse"]) - int(g["since"])
    if waited >= MINUTE:
        text += ", %d minutes" % (waited // MINUTE)
    return text


def function_name(address):
    """The symbol at an address, without gdb's <> and offset."""
    if not address:
        return "main"
    text = gdb.execute("info symbol %#x" % address, to_string=True)
    return "%#x" % address if text.startswith("No symbol") else text.split()[0]


def thread_with(tid):
    """gdb's thread with the kernel's id tid, or None."""
    for thread in gdb.selected_inferior().threads():
        if thread.ptid[1] == tid:
            return thread
    return None


class InfoGoroutines(gdb.Command):
    """List the goroutines: id, state, name, function.

A * marks those that run on a thread."""

    def __init__(self):
        super().__init__("info goroutines", gdb.COMMAND_STACK)

    def invoke(self, arg, from_tty):
        for number, g in goroutines().items():
            name = ' "%s"' % g["name"].string(errors="replace") if g["name"] else ""
            words = [state(g)]
            if g["locked_m"]:
                words.append("locked to thread")
            if g["alien"]:
                words.append("foreign thread")
            what = "a thread" if g["alien"] else function_name(int(g["fn"]))
            mark = "*" if int(g["status"]) == RUNNING else " "
            print("%s %-5d [%s]%s %s" % (mark, number, ", ".join(words), name, what))


def execute(command):
    """Through Python's output, so that a caller of ours can have it as text."""
    print(gdb.execute(command, to_string=True), end="")


def print_frame(frame, level):
    """One line of a backtrace, in gdb's own words but with our level."""
    frame.select()
    text = gdb.execute("frame", to_string=True).splitlines()[0]
    print("#%-3d%s" % (level, text.split(None, 1)[1]))


def backtrace(first, limit):
    """From the frame first, which is to be #0."""
    frame, level = first, 0
    while frame is not None and (limit is None or level < limit):
        print_frame(frame, level)
        frame, level = frame.older(), level + 1
    if frame is not None:
        print("(More stack frames follow...)")


class GoroutineCommand(gdb.Command):
    """Run a command in a goroutine: goroutine N COMMAND, goroutine all COMMAND.

With bt or backtrace, and a number of frames if wanted, shows its stack.  Other
commands run with its innermost frame selected."""

    def __init__(self):
        super().__init__("goroutine", gdb.COMMAND_STACK, gdb.COMPLETE_COMMAND)

    def invoke(self, arg, from_tty):
        words = arg.split(None, 1)
        if len(words) != 2:
            raise gdb.GdbError("usage: goroutine N|all COMMAND")
        every = goroutines()
        if words[0] == "all":
            for number, g in every.items():
                print("\nGoroutine %d [%s]:" % (number, state(g)))
                self.run(g, words[1])
            return
        if not words[0].isdigit() or int(words[0]) not in every:
            raise gdb.GdbError("no goroutine %s" % words[0])
        self.run(every[int(words[0])], words[1])

    def run(self, g, command):
        thread, frame = gdb.selected_thread(), gdb.selected_frame()
        level = frame.level()
        try:
            if int(g["status"]) == RUNNING or g["alien"]:
                self.run_on_thread(g, command)
            else:
                self.run_in_context(g, command)
        finally:
            thread.switch()
            gdb.execute("frame %d" % level, to_string=True)

    def run_on_thread(self, g, command):
        """It runs, or is a thread: that thread's stack is its stack."""
        tid = threads_of_goroutines().get(int(g.address))
        thread = thread_with(tid) if tid else None
        if thread is None:
            raise gdb.GdbError("its thread is not known")
        thread.switch()
        execute(command)

    def run_in_context(self, g, command):
        with UNWINDER:
            UNWINDER.context = g["ctx"]
            gdb.invalidate_cached_frames()
            first = gdb.newest_frame().older()
            if first is None:
                raise gdb.GdbError("cannot unwind from its context")
            words = command.split()
            if words[0] in ("bt", "backtrace", "where") and len(words) < 3:
                limit = int(words[1]) if len(words) == 2 and words[1].isdigit() else None
                backtrace(first, limit)
            else:
                first.select()
                execute(command)


InfoGoroutines()
GoroutineCommand()
