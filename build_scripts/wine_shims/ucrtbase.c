/* ucrtbase.dll of Wine 8 lacks the complex functions that numpy imports. The other names are forwarded to a copy of
 * Wine's own; these are given by mingw's library, with the calling convention of Microsoft's _Fcomplex and _Dcomplex. */
#include <complex.h>

typedef struct { float r, i; } fc;
typedef struct { double r, i; } dc;

#define TO_F(z) (__builtin_complex((z).r, (z).i))
static fc from_f(float _Complex w) { fc z = {crealf(w), cimagf(w)}; return z; }
static dc from_d(double _Complex w) { dc z = {creal(w), cimag(w)}; return z; }

#define ONE(name)                                                     \
    fc shim_##name##f(fc z) { return from_f(name##f(TO_F(z))); }      \
    dc shim_##name(dc z) { return from_d(name(TO_F(z))); }
ONE(ccos) ONE(ccosh) ONE(cexp) ONE(csin) ONE(csinh) ONE(ctan) ONE(ctanh)

fc shim_cpowf(fc a, fc b) { return from_f(cpowf(TO_F(a), TO_F(b))); }
dc shim_cpow(dc a, dc b) { return from_d(cpow(TO_F(a), TO_F(b))); }
float shim_cargf(fc z) { return cargf(TO_F(z)); }
double shim_carg(dc z) { return carg(TO_F(z)); }
float shim_cabsf(fc z) { return cabsf(TO_F(z)); }
double shim_cabs(dc z) { return cabs(TO_F(z)); }
float shim_crealf(fc z) { return z.r; }
double shim_creal(dc z) { return z.r; }
float shim_cimagf(fc z) { return z.i; }
double shim_cimag(dc z) { return z.i; }
