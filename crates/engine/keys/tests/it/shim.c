/*
 * A PKCS #11 module between the tests and SoftHSM2 that answers as other tokens do: it counts log-ins, sets the flags that
 * tell of PINs, refuses further sessions, and lets single calls fail. Built by the test that uses it.
 *
 * In the working folder it reads the file `shim`, lines of a word and a number, on every call:
 *   flags N      set in CK_TOKEN_INFO
 *   login N      what C_Login answers
 *   open N       what C_OpenSession answers once `sessions` are open
 *   sessions N   how many sessions there may be
 *   sign N       what C_Sign answers
 *   init N       what C_SignInit answers
 *   only N       by which mechanism alone C_Sign answers so
 * and appends one octet to the file `logins` for every C_Login that it sees.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

typedef unsigned long CK_ULONG;
typedef struct {
    unsigned char version[2];
    void *call[68];
} List;

/* Where the functions stand in CK_FUNCTION_LIST (PKCS #11 version 2.40 section 3.6). */
enum { FINALIZE = 1, GET_FUNCTION_LIST = 3, GET_TOKEN_INFO = 6, OPEN_SESSION = 12, CLOSE_SESSION = 13, LOGIN = 18, SIGN_INIT = 42, SIGN = 43 };

static List *real, ours;
static CK_ULONG open_sessions;

static CK_ULONG setting(const char *wanted) {
    char word[32];
    CK_ULONG number, found = 0;
    FILE *file = fopen("shim", "r");
    if (!file) return 0;
    while (fscanf(file, "%31s %lu", word, &number) == 2)
        if (!strcmp(word, wanted)) found = number;
    fclose(file);
    return found;
}

/* CK_TOKEN_INFO: four texts of 32, 32, 16 and 16 octets, then the flags. */
static CK_ULONG token_info(CK_ULONG slot, unsigned char *info) {
    CK_ULONG (*call)(CK_ULONG, unsigned char *) = real->call[GET_TOKEN_INFO], answer = call(slot, info), flags;
    memcpy(&flags, info + 96, sizeof flags);
    flags |= setting("flags");
    memcpy(info + 96, &flags, sizeof flags);
    return answer;
}

static CK_ULONG open_session(CK_ULONG slot, CK_ULONG flags, void *application, void *notify, CK_ULONG *session) {
    CK_ULONG (*call)(CK_ULONG, CK_ULONG, void *, void *, CK_ULONG *) = real->call[OPEN_SESSION];
    CK_ULONG most = setting("sessions"), answer;
    if (most && __atomic_load_n(&open_sessions, __ATOMIC_SEQ_CST) >= most) return setting("open");
    answer = call(slot, flags, application, notify, session);
    if (!answer) __atomic_add_fetch(&open_sessions, 1, __ATOMIC_SEQ_CST);
    return answer;
}

static CK_ULONG close_session(CK_ULONG session) {
    CK_ULONG (*call)(CK_ULONG) = real->call[CLOSE_SESSION], answer = call(session);
    if (!answer) __atomic_sub_fetch(&open_sessions, 1, __ATOMIC_SEQ_CST);
    return answer;
}

static CK_ULONG finalize(void *reserved) {
    CK_ULONG (*call)(void *) = real->call[FINALIZE];
    __atomic_store_n(&open_sessions, 0, __ATOMIC_SEQ_CST);
    return call(reserved);
}

static CK_ULONG login(CK_ULONG session, CK_ULONG user, unsigned char *pin, CK_ULONG length) {
    CK_ULONG (*call)(CK_ULONG, CK_ULONG, unsigned char *, CK_ULONG) = real->call[LOGIN], answer = setting("login");
    FILE *file = fopen("logins", "a");
    if (file) {
        fputc('.', file);
        fclose(file);
    }
    return answer ? answer : call(session, user, pin, length);
}

/* Which mechanism this thread signs by. */
static __thread CK_ULONG begun;

static CK_ULONG sign_init(CK_ULONG session, void *mechanism, CK_ULONG key) {
    CK_ULONG (*call)(CK_ULONG, void *, CK_ULONG) = real->call[SIGN_INIT], answer = setting("init");
    begun = *(CK_ULONG *)mechanism;
    return answer ? answer : call(session, mechanism, key);
}

static CK_ULONG sign(CK_ULONG session, void *data, CK_ULONG length, void *signature, CK_ULONG *room) {
    CK_ULONG (*call)(CK_ULONG, void *, CK_ULONG, void *, CK_ULONG *) = real->call[SIGN], answer = setting("sign"), only = setting("only");
    if (only && only != begun) answer = 0;
    /* The operation ends all the same. */
    CK_ULONG done = call(session, data, length, signature, room);
    return answer ? answer : done;
}

CK_ULONG C_GetFunctionList(List **list) {
    CK_ULONG (*get)(List **);
    void *module = dlopen(MODULE, RTLD_NOW | RTLD_LOCAL);
    if (!module) return 5;
    get = (CK_ULONG(*)(List **))dlsym(module, "C_GetFunctionList");
    if (!get || get(&real)) return 5;
    ours = *real;
    ours.call[FINALIZE] = finalize;
    ours.call[GET_FUNCTION_LIST] = C_GetFunctionList;
    ours.call[GET_TOKEN_INFO] = token_info;
    ours.call[OPEN_SESSION] = open_session;
    ours.call[CLOSE_SESSION] = close_session;
    ours.call[LOGIN] = login;
    ours.call[SIGN_INIT] = sign_init;
    ours.call[SIGN] = sign;
    *list = &ours;
    return 0;
}
