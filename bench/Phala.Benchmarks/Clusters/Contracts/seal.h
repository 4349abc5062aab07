// What the contracts beside this file need of the host: see docs/formats/host-functions.md.
#include <stdint.h>

typedef unsigned __int128 u128;
#define SEAL(module, name) __attribute__((import_module(module), import_name(name)))
#define EXPORT(name) __attribute__((export_name(name)))

SEAL("seal0", "input") void seal_input(void *out, uint32_t *length);
SEAL("seal0", "caller") void seal_caller(void *out, uint32_t *length);
SEAL("seal0", "seal_return") __attribute__((noreturn)) void seal_return(uint32_t flags, const void *data, uint32_t length);
SEAL("seal1", "get_storage") uint32_t get_storage(const void *key, uint32_t key_length, void *out, uint32_t *length);
SEAL("seal2", "set_storage") uint32_t set_storage(const void *key, uint32_t key_length, const void *value, uint32_t length);
SEAL("seal0", "deposit_event") void deposit_event(const void *topics, uint32_t topics_length, const void *data, uint32_t length);

#define SELECTOR(a, b, c, d) ((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)

static inline uint32_t load32(const void *from) { uint32_t value; __builtin_memcpy(&value, from, 4); return value; }
static inline u128 load128(const void *from) { u128 value; __builtin_memcpy(&value, from, 16); return value; }
