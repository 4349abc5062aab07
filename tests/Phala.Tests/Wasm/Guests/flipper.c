/* A contract in the shape that tool chains emit: an imported memory, host functions of the module "seal0", entry points "deploy" and "call".
   Built by build.sh; flipper.wasm beside this file is the result. */
typedef unsigned char u8;
typedef unsigned int u32;
#define HOST(module, name) __attribute__((import_module(module), import_name(name)))

HOST("seal0", "input") void input(void *out, u32 *length);
HOST("seal0", "set_storage") void set_storage(const void *key, const void *value, u32 length);
HOST("seal0", "get_storage") u32 get_storage(const void *key, void *out, u32 *length);
HOST("seal0", "seal_return") _Noreturn void seal_return(u32 flags, const void *data, u32 length);

static const u8 key[32] = {0};
enum { NOT_FOUND = 3, REVERT = 1 };

static u8 load(void) {
    u8 value = 0;
    u32 length = 1;
    return get_storage(key, &value, &length) == NOT_FOUND ? 0 : value;
}

__attribute__((export_name("deploy"))) void deploy(void) {
    u8 data[5];
    u32 length = sizeof data;
    input(data, &length);
    if (length != 5 || data[4] > 1) seal_return(REVERT, data, 0);
    set_storage(key, &data[4], 1);
    seal_return(0, data, 0);
}

__attribute__((export_name("call"))) void call(void) {
    u8 data[4];
    u32 length = sizeof data;
    input(data, &length);
    if (length != 4) seal_return(REVERT, data, 0);
    u8 value = load();
    switch (data[0]) {
    case 0x63: /* flip */
        value ^= 1;
        set_storage(key, &value, 1);
        seal_return(0, data, 0);
    case 0x2f: /* get */
        seal_return(0, &value, 1);
    default:
        seal_return(REVERT, data, 0);
    }
}
