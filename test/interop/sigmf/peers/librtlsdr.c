/* Stands for the library of a receiver, so that the real rtl_tcp runs without one: it counts bytes, and prints what it is set to. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK 16384
#define SETTER(name) \
  int rtlsdr_set_##name(void *device, uint32_t value) { \
    (void)device; \
    fprintf(stderr, "set %s %d\n", #name, (int)value); \
    return 0; \
  }

typedef void (*callback)(unsigned char *bytes, uint32_t length, void *context);

static volatile int stopped;

SETTER(bias_tee)
SETTER(tuner_gain)
SETTER(sample_rate)
SETTER(freq_correction)
SETTER(agc_mode)
SETTER(direct_sampling)
SETTER(testmode)
SETTER(tuner_gain_mode)
SETTER(offset_tuning)
SETTER(center_freq)

int rtlsdr_set_tuner_if_gain(void *device, int stage, int gain) { return 0; }
int rtlsdr_set_xtal_freq(void *device, uint32_t rtl, uint32_t tuner) { return 0; }
int rtlsdr_get_tuner_type(void *device) { return 5; }
int rtlsdr_close(void *device) { return 0; }
int rtlsdr_reset_buffer(void *device) { return 0; }
uint32_t rtlsdr_get_device_count(void) { return 1; }
const char *rtlsdr_get_device_name(uint32_t index) { return "none"; }

int rtlsdr_open(void **device, uint32_t index) {
  *device = malloc(1);
  return 0;
}

int rtlsdr_get_device_usb_strings(uint32_t index, char *maker, char *product, char *serial) {
  strcpy(maker, "none");
  strcpy(product, "none");
  strcpy(serial, "00000001");
  return 0;
}

int rtlsdr_get_tuner_gains(void *device, int *gains) {
  for (int i = 0; gains && i < 29; i += 1) gains[i] = i * 10;
  return 29;
}

int rtlsdr_cancel_async(void *device) {
  stopped = 1;
  return 0;
}

int rtlsdr_read_async(void *device, callback give, void *context, uint32_t count, uint32_t length) {
  static unsigned char bytes[BLOCK];
  uint32_t next = 0;
  for (stopped = 0; !stopped;) {
    for (int i = 0; i < BLOCK; i += 1) bytes[i] = (unsigned char)next++;
    give(bytes, BLOCK, context);
    usleep(4000); /* 2 MS/s */
  }
  return 0;
}
