@echo off
rem The `tramway` command out of a distribution; does what the script beside it does, for Windows.
setlocal
set "LIB=%~dp0..\lib"
call "%LIB%\find-jdk.cmd" 21 java || exit /b 1
set "OPTIONS=--enable-native-access=ALL-UNNAMED -XX:PretenureSizeThreshold=1m"
if %JAVA_FOUND_MAJOR% GEQ 24 set "OPTIONS=%OPTIONS% --sun-misc-unsafe-memory-access=allow"
"%JAVA_FOUND%\bin\java" %OPTIONS% %TRAMWAY_JAVA_OPTS% -cp "%LIB%\*" dev.tramway.cli.Main %*
exit /b %ERRORLEVEL%
