@echo off
rem The `tramway` command out of a distribution; does what the script beside it does, for Windows.
setlocal
set "LIB=%~dp0..\lib"
call "%LIB%\find-jdk.cmd" 21 java || exit /b 1
set "QUIET=--enable-native-access=ALL-UNNAMED"
if %JAVA_FOUND_MAJOR% GEQ 24 set "QUIET=%QUIET% --sun-misc-unsafe-memory-access=allow"
"%JAVA_FOUND%\bin\java" %QUIET% %TRAMWAY_JAVA_OPTS% -cp "%LIB%\*" dev.tramway.cli.Main %*
exit /b %ERRORLEVEL%
