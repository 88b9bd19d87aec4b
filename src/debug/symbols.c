/* SPDX-License-Identifier: MIT */
#include "debug/symbols.h"

#include "os/clock.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINES_BUDGET (INT64_C(5) * 1000 * 1000 * 1000)

/* --- The files that are mapped ------------------------------------------- */

/* The program's file.  It may have been replaced since: then only the kernel's
 * link still leads to it. */
static const char *program_path(struct scratch *mem)
{
    char path[4096];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n > 0) {
        path[n] = '\0';
        if (access(path, R_OK) == 0)
            return scratch_str(mem, path, (size_t)n);
    }
    /* Not /proc/self: the path is for the tool, another process, too. */
    char digits[16], *p = digits + sizeof digits;
    *--p = '\0';
    for (int pid = getpid(); pid > 0; pid /= 10)
        *--p = (char)('0' + pid % 10);
    strcpy(path, "/proc/");
    strcat(path, p);
    strcat(path, "/exe");
    return scratch_str(mem, path, strlen(path));
}

static int add_object(struct dl_phdr_info *info, size_t size, void *arg)
{
    struct symbols *s = arg;
    (void)size;
    uintptr_t lo = UINTPTR_MAX, hi = 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *p = &info->dlpi_phdr[i];
        uintptr_t at = info->dlpi_addr + p->p_vaddr;
        if (p->p_type != PT_LOAD)
            continue;
        lo = at < lo ? at : lo;
        hi = at + p->p_memsz > hi ? at + p->p_memsz : hi;
    }
    struct object *o = lo < hi ? scratch_alloc(&s->mem, sizeof *o) : NULL;
    if (!o)
        return 0;
    o->base = info->dlpi_addr;
    o->lo = lo;
    o->hi = hi;
    o->program = !s->objects; /* it comes first, on every libc */
    o->path = o->program ? program_path(&s->mem)
                         : scratch_str(&s->mem, info->dlpi_name, strlen(info->dlpi_name));
    o->next = s->objects;
    s->objects = o;
    return 0;
}

static const struct object *object_of(const struct symbols *s, uintptr_t addr)
{
    for (const struct object *o = s->objects; o; o = o->next)
        if (addr >= o->lo && addr < o->hi)
            return o;
    return NULL;
}

/* --- The table of places -------------------------------------------------- */

static struct place **slot_of(const struct symbols *s, uintptr_t addr)
{
    uint32_t i = (uint32_t)((addr * UINT64_C(0x9e3779b97f4a7c15)) >> 32);
    while (s->table[i & (s->cap - 1)] && s->table[i & (s->cap - 1)]->addr != addr)
        i++;
    return &s->table[i & (s->cap - 1)];
}

static bool grow_table(struct symbols *s)
{
    struct symbols bigger = *s;
    bigger.cap = s->cap ? 2 * s->cap : 256;
    bigger.table = scratch_alloc(&s->mem, bigger.cap * sizeof *s->table);
    if (!bigger.table)
        return false;
    for (uint32_t i = 0; i < s->cap; i++)
        if (s->table[i])
            *slot_of(&bigger, s->table[i]->addr) = s->table[i];
    s->table = bigger.table;
    s->cap = bigger.cap;
    return true;
}

void symbols_init(struct symbols *s, bool lines)
{
    *s = (struct symbols){ .lines = lines };
}

void symbols_want(struct symbols *s, uintptr_t addr)
{
    if (2 * (s->n + 1) > s->cap && !grow_table(s))
        return;
    struct place **slot = slot_of(s, addr);
    if (*slot)
        return;
    *slot = scratch_alloc(&s->mem, sizeof **slot);
    if (!*slot)
        return;
    (*slot)->addr = addr;
    s->n++;
}

const struct place *symbols_find(const struct symbols *s, uintptr_t addr)
{
    return s->cap ? *slot_of(s, addr) : NULL;
}

void symbols_free(struct symbols *s)
{
    for (struct object *o = s->objects; o; o = o->next)
        if (o->map)
            munmap((void *)(uintptr_t)o->map, o->map_size);
    scratch_free(&s->mem);
    *s = (struct symbols){ 0 };
}

/* --- One file's symbol table ---------------------------------------------- */

static void map_file(struct object *o)
{
    int fd = o->path ? open(o->path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0)
        return;
    struct stat st;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (p != MAP_FAILED) {
            o->map = p;
            o->map_size = (size_t)st.st_size;
        }
    }
    close(fd);
}

/* Every offset below comes from the file, so none is believed. */
static const void *part(const struct object *o, uint64_t offset, uint64_t size)
{
    if (!o->map || offset > o->map_size || size > o->map_size - offset)
        return NULL;
    return (const char *)o->map + offset;
}

struct sections {
    const ElfW(Shdr) *v;
    uint32_t n;
    const char *names;
    uint64_t names_size;
};

static bool read_sections(const struct object *o, struct sections *out)
{
    const ElfW(Ehdr) *e = part(o, 0, sizeof *e);
    if (!e || memcmp(e->e_ident, ELFMAG, SELFMAG) != 0 || e->e_shentsize != sizeof *out->v)
        return false;
    *out = (struct sections){ .n = e->e_shnum };
    out->v = part(o, e->e_shoff, out->n * (uint64_t)sizeof *out->v);
    if (!out->v || e->e_shoff % _Alignof(ElfW(Shdr)) != 0)
        return false;
    if (e->e_shstrndx < out->n) {
        const ElfW(Shdr) *h = &out->v[e->e_shstrndx];
        out->names_size = h->sh_size;
        out->names = h->sh_type == SHT_STRTAB ? part(o, h->sh_offset, h->sh_size) : NULL;
    }
    return true;
}

static const char *string_at(const char *table, uint64_t size, uint64_t at)
{
    return table && at < size && memchr(table + at, '\0', size - at) ? table + at : NULL;
}

static bool leads_to_lines(const struct sections *t)
{
    static const char *const wanted[] = { ".debug_line", ".zdebug_line", ".gnu_debuglink",
                                          ".gnu_debugaltlink" };
    for (uint32_t i = 0; i < t->n; i++) {
        const char *name = string_at(t->names, t->names_size, t->v[i].sh_name);
        for (size_t k = 0; name && k < sizeof wanted / sizeof *wanted; k++)
            if (strcmp(name, wanted[k]) == 0)
                return true;
    }
    return false;
}

static const ElfW(Shdr) *symbol_section(const struct sections *t)
{
    static const uint32_t kinds[] = { SHT_SYMTAB, SHT_DYNSYM };
    for (int k = 0; k < 2; k++)
        for (uint32_t i = 0; i < t->n; i++)
            if (t->v[i].sh_type == kinds[k] && t->v[i].sh_link < t->n)
                return &t->v[i];
    return NULL;
}

/* Is this a function, or a label in code?  (Not aarch64's $x marks.) */
static bool is_code(const struct sections *t, const ElfW(Sym) *sym, const char *name)
{
    int type = sym->st_info & 15;
    if (!name || !*name || *name == '$' || sym->st_shndx == SHN_UNDEF || sym->st_shndx >= t->n)
        return false;
    return type == STT_FUNC || type == STT_GNU_IFUNC ||
           (type == STT_NOTYPE && (t->v[sym->st_shndx].sh_flags & SHF_EXECINSTR));
}

/* How good is sym for an address at or after it?  A symbol whose size covers
 * it beats one without a size; then the nearer; then the more public of two
 * names of one function.  0: not at all. */
static uint64_t rank_symbol(const struct sections *t, const ElfW(Sym) *sym, uintptr_t addr)
{
    const ElfW(Shdr) *in = &t->v[sym->st_shndx];
    uint64_t distance = addr - sym->st_value;
    bool sized = sym->st_size != 0;
    int bind = sym->st_info >> 4;
    if (sized ? distance >= sym->st_size : addr - in->sh_addr >= in->sh_size)
        return 0;
    uint64_t near = distance < (UINT64_C(1) << 40) ? (UINT64_C(1) << 40) - distance : 0;
    return ((uint64_t)sized << 63) | near << 2 | (bind == STB_GLOBAL ? 2 : bind == STB_WEAK);
}

/* Offer sym to the places it may name: v is sorted by address. */
static void offer_symbol(const struct object *o, const struct sections *t, const ElfW(Sym) *sym,
                         const char *name, struct place **v, uint32_t n)
{
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (v[mid]->addr - o->base < sym->st_value)
            lo = mid + 1;
        else
            hi = mid;
    }
    for (; lo < n; lo++) {
        uint64_t rank = rank_symbol(t, sym, v[lo]->addr - o->base);
        if (rank == 0)
            return;
        if (rank > v[lo]->rank) {
            v[lo]->rank = rank;
            v[lo]->name = name;
            v[lo]->start = sym->st_value + o->base;
        }
    }
}

static void read_symbols(const struct object *o, const struct sections *t, struct place **v,
                         uint32_t n)
{
    const ElfW(Shdr) *table = symbol_section(t);
    if (!table || table->sh_offset % _Alignof(ElfW(Sym)) != 0)
        return;
    const ElfW(Shdr) *text = &t->v[table->sh_link];
    const ElfW(Sym) *sym = part(o, table->sh_offset, table->sh_size);
    const char *strings = part(o, text->sh_offset, text->sh_size);
    for (size_t i = 0; sym && strings && i < table->sh_size / sizeof *sym; i++) {
        const char *name = string_at(strings, text->sh_size, sym[i].st_name);
        if (is_code(t, &sym[i], name))
            offer_symbol(o, t, &sym[i], name, v, n);
    }
}

/* --- All of them ----------------------------------------------------------- */

/* Shell sort: qsort may call malloc. */
static void sort_places(struct place **v, uint32_t n)
{
    for (uint32_t gap = n / 2; gap > 0; gap /= 2)
        for (uint32_t i = gap; i < n; i++) {
            struct place *x = v[i];
            uint32_t j = i;
            for (; j >= gap && v[j - gap]->addr > x->addr; j -= gap)
                v[j] = v[j - gap];
            v[j] = x;
        }
}

/* False: no tool answered. */
static bool find_lines(struct symbols *s, const struct object *o, struct place **v, uint32_t n,
                       int64_t deadline)
{
    uintptr_t *addrs = scratch_alloc(&s->mem, n * sizeof *addrs);
    const struct line **out = scratch_alloc(&s->mem, n * sizeof *out);
    if (!addrs || !out)
        return false;
    for (uint32_t i = 0; i < n; i++)
        addrs[i] = v[i]->addr - o->base;
    if (!lines_find(&s->mem, o->path, addrs, out, n, deadline))
        return false;
    for (uint32_t i = 0; i < n; i++)
        v[i]->lines = out[i];
    return true;
}

/* The new places, sorted, so that those of one file lie together. */
static struct place **collect_new(struct symbols *s, uint32_t *n)
{
    struct place **v = scratch_alloc(&s->mem, s->n * sizeof *v);
    *n = 0;
    for (uint32_t i = 0; v && i < s->cap; i++)
        if (s->table[i] && !s->table[i]->resolved) {
            s->table[i]->resolved = true;
            s->table[i]->obj = object_of(s, s->table[i]->addr);
            v[(*n)++] = s->table[i];
        }
    sort_places(v, *n);
    return v;
}

static void resolve_object(struct symbols *s, struct object *o, struct place **v, uint32_t n,
                           int64_t deadline)
{
    struct sections t;
    if (!o->map)
        map_file(o);
    if (!read_sections(o, &t))
        return;
    read_symbols(o, &t, v, n);
    if (s->lines && leads_to_lines(&t))
        s->lines = find_lines(s, o, v, n, deadline);
}

void symbols_resolve(struct symbols *s)
{
    if (!s->listed)
        dl_iterate_phdr(add_object, s);
    s->listed = true;
    int64_t deadline = clock_now() + LINES_BUDGET;
    uint32_t n;
    struct place **v = collect_new(s, &n);
    for (uint32_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && v[end]->obj == v[i]->obj; end++)
            ;
        /* The objects are ours; only users of a place see them as const. */
        if (v[i]->obj)
            resolve_object(s, (struct object *)(uintptr_t)v[i]->obj, v + i, end - i, deadline);
    }
}
