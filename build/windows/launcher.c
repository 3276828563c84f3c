/* Starts the program in the Python that lies beside it.
 *
 * One source makes two programs: Nishan.exe with a window, annotator.exe with a console. Python
 * runs inside this process, so the taskbar, the list of tasks and the firewall show our own name
 * and icon. Nothing of the surroundings is asked: neither PATH nor the registry nor PYTHON*.
 */

#include <stdio.h>
#include <stdlib.h>
#include <wchar.h>
#include <windows.h>

#include "launcher_values.h"

#define LONGEST 32768 /* code units of the longest path that Windows knows */

typedef int (*MainOfPython)(int, wchar_t **);

static int stop(const wchar_t *missing)
{
    static wchar_t told[LONGEST + 400];
    _snwprintf(told, LONGEST + 399,
               L"\u0646\u06CC\u0634\u0627\u0646 \u0646\u0627\u062A\u06D5\u0648\u0627\u0648\u06D5"
               L"\u060C \u062F\u0648\u0648\u0628\u0627\u0631\u06D5"
               L" \u062F\u0627\u06CC\u0628\u0645\u06D5\u0632\u0631\u06CE\u0646\u06D5.\n\n"
               L"N\u00EE\u015Fan is not complete, install it again. Missing:\n\n%ls",
               missing);
#ifdef WITH_CONSOLE
    fwprintf(stderr, L"Nishan is not complete, install it again. Missing: %ls\n", missing);
#else
    MessageBoxW(NULL, told, L"N\u00EE\u015Fan", MB_ICONERROR | MB_OK);
#endif
    return 3;
}

static int run(int count, wchar_t **words)
{
    static wchar_t own[LONGEST], library[LONGEST], script[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, own, LONGEST);
    if (length == 0 || length >= LONGEST - 40)
        return stop(own);
    wchar_t *end = wcsrchr(own, L'\\');
    if (end == NULL)
        return stop(own);
    int folder = (int)(end - own);
    _snwprintf(library, LONGEST, L"%.*ls\\python\\" PYTHON_LIBRARY, folder, own);
    _snwprintf(script, LONGEST, L"%.*ls\\app\\launched.py", folder, own);

    SetDllDirectoryW(L""); /* no library from the folder that the shell happens to be in */
    HMODULE python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    if (python == NULL)
        return stop(library);
    MainOfPython start = (MainOfPython)(void *)GetProcAddress(python, "Py_Main");
    if (start == NULL)
        return stop(library);

    wchar_t **told = calloc((size_t)count + 2, sizeof *told);
    if (told == NULL)
        return 3;
    told[0] = own;
    told[1] = script;
    for (int number = 1; number < count; number++)
        told[number + 1] = words[number];
    return start(count + 1, told);
}

#ifdef WITH_CONSOLE
int wmain(int count, wchar_t **words)
{
    return run(count, words);
}
#else
int WINAPI wWinMain(HINSTANCE own, HINSTANCE before, wchar_t *line, int look)
{
    (void)own, (void)before, (void)line, (void)look;
    return run(__argc, __wargv);
}
#endif
