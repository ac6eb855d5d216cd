@echo off
rem The `tramway` command out of a source tree; does what the script beside it does, for Windows.
setlocal
set "ROOT=%~dp0"
set "TARGET=%ROOT%cli\target"
set "APP=%TARGET%\app"
set "FRESH=%TARGET%\app.new"
set "LOCK=%TARGET%\build.lock"

call :up_to_date && goto run
if not exist "%TARGET%" mkdir "%TARGET%"
set /a PATIENCE=300

:wait
mkdir "%LOCK%" 2>nul && goto build
set /a PATIENCE-=1
rem Whoever holds a lock for so long has died.
if %PATIENCE% LEQ 0 rmdir /s /q "%LOCK%" 2>nul
ping -n 2 127.0.0.1 >nul
goto wait

:build
call :up_to_date && goto built
>&2 echo Building Tramway (first use, or sources have changed) ...
if exist "%FRESH%" rmdir /s /q "%FRESH%"
mkdir "%FRESH%"
type nul >"%FRESH%\stamp"
call "%ROOT%mvnw.cmd" -B -q -f "%ROOT%pom.xml" -pl cli -am -DskipTests -Dspotless.check.skip "-Dtramway.app=%FRESH%" package >"%LOCK%\log" 2>&1
if errorlevel 1 (
    type "%LOCK%\log" 1>&2
    rmdir /s /q "%FRESH%" "%LOCK%"
    exit /b 1
)
if exist "%APP%" rmdir /s /q "%APP%"
move "%FRESH%" "%APP%" >nul

:built
rmdir /s /q "%LOCK%"

:run
call "%ROOT%.mvn\find-jdk.cmd" 21 java || exit /b 1
set "OPTIONS=--enable-native-access=ALL-UNNAMED -XX:PretenureSizeThreshold=1m"
if %JAVA_FOUND_MAJOR% GEQ 24 set "OPTIONS=%OPTIONS% --sun-misc-unsafe-memory-access=allow"
"%JAVA_FOUND%\bin\java" %OPTIONS% %TRAMWAY_JAVA_OPTS% -cp "%APP%\*" dev.tramway.cli.Main %*
exit /b %ERRORLEVEL%

:up_to_date
if not exist "%APP%\stamp" exit /b 1
powershell -NoProfile -Command "$t=(Get-Item ($env:APP+'\stamp')).LastWriteTime; $f=@(Get-Item ($env:ROOT+'pom.xml'),($env:ROOT+'*\pom.xml'))+@(Get-ChildItem -Recurse ($env:ROOT+'*\src\main')); if ($f | Where-Object { $_.LastWriteTime -gt $t }) { exit 1 }"
exit /b %ERRORLEVEL%
