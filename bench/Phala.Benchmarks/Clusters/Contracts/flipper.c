// The flipper of ink!'s examples: new(bool), flip(), get() -> bool.
#include "seal.h"

static uint8_t input[8];
static const uint32_t key = 0;
static const uint8_t done[1] = {0};

static uint32_t read(void) {
    uint32_t length = sizeof input;
    seal_input(input, &length);
    if (length < 4) __builtin_trap();
    return load32(input);
}

static uint8_t value(void) {
    uint8_t stored = 0;
    uint32_t length = 1;
    if (get_storage(&key, 4, &stored, &length) != 0) __builtin_trap();
    return stored;
}

EXPORT("deploy") void deploy(void) {
    if (read() != SELECTOR(0x9b, 0xae, 0x9d, 0x5e) || input[4] > 1) __builtin_trap();
    set_storage(&key, 4, input + 4, 1);
    seal_return(0, done, 1);
}

EXPORT("call") void call(void) {
    uint32_t selector = read();
    if (selector == SELECTOR(0x63, 0x3a, 0xa5, 0x51)) {
        uint8_t other = !value();
        set_storage(&key, 4, &other, 1);
        seal_return(0, done, 1);
    }
    if (selector == SELECTOR(0x2f, 0x86, 0x5b, 0xd9)) {
        uint8_t output[2] = {0, value()};
        seal_return(0, output, 2);
    }
    __builtin_trap();
}
