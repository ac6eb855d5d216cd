@echo off
rem Called by mvnw.cmd and by both tramway.cmd:  call find-jdk.cmd MIN TOOL
rem Sets JAVA_FOUND and JAVA_FOUND_MAJOR to the first Java of version MIN or newer that has bin\TOOL.exe; without one,
rem tells what to install and answers 1.
set "JAVA_FOUND="
set "JAVA_FOUND_MAJOR=0"
call :try "%TRAMWAY_JAVA_HOME%" %1 %2
call :try "%JAVA_HOME%" %1 %2
for /f "delims=" %%J in ('where java 2^>nul') do call :try "%%~dpJ.." %1 %2
for %%V in ("Eclipse Adoptium" Java Microsoft Zulu "Amazon Corretto" BellSoft) do (
    for /d %%D in ("%ProgramFiles%\%%~V\*") do call :try "%%~D" %1 %2
)
for /d %%D in ("%USERPROFILE%\.jdks\*" "%USERPROFILE%\scoop\apps\*jdk*") do (
    call :try "%%~D" %1 %2
    call :try "%%~D\current" %1 %2
)
if defined JAVA_FOUND exit /b 0
set "JAVA_KIND=JRE"
if "%2"=="javac" set "JAVA_KIND=JDK"
>&2 echo Tramway needs a %JAVA_KIND% of Java %1 or newer and found none. Install one, or set TRAMWAY_JAVA_HOME to one that is installed elsewhere:
>&2 echo   winget install EclipseAdoptium.Temurin.%1.%JAVA_KIND%
exit /b 1

:try
if defined JAVA_FOUND exit /b 0
if "%~1"=="" exit /b 0
if not exist "%~1\bin\%~3.exe" exit /b 0
if not exist "%~1\release" exit /b 0
set "JAVA_TRY="
for /f "tokens=2 delims==" %%R in ('findstr /b "JAVA_VERSION=" "%~1\release"') do set "JAVA_TRY=%%~R"
if not defined JAVA_TRY exit /b 0
for /f "delims=.-+" %%M in ("%JAVA_TRY%") do set "JAVA_TRY=%%M"
if %JAVA_TRY% LSS %2 exit /b 0
set "JAVA_FOUND=%~f1"
set "JAVA_FOUND_MAJOR=%JAVA_TRY%"
exit /b 0
