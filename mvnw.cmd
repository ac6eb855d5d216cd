@echo off
rem Runs the pinned Maven on a fit JDK; does what mvnw does, for Windows.
setlocal
set "ROOT=%~dp0"
set "PROPERTIES=%ROOT%.mvn\wrapper\maven-wrapper.properties"
for /f "tokens=2 delims==" %%V in ('findstr /b "maven.version=" "%PROPERTIES%"') do set "VERSION=%%V"
for /f "tokens=2 delims==" %%V in ('findstr /b "maven.sha512=" "%PROPERTIES%"') do set "SHA512=%%V"
for /f "tokens=2 delims==" %%V in ('findstr /b "dependency.plugin.version=" "%PROPERTIES%"') do set "PLUGIN=%%V"

call "%ROOT%.mvn\find-jdk.cmd" 25 javac || exit /b 1
set "JAVA_HOME=%JAVA_FOUND%"
rem Both flags only silence warnings that JDK 24 and newer print about Maven's own libraries.
set "MAVEN_OPTS=--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow %MAVEN_OPTS%"

if not defined MAVEN_USER_HOME set "MAVEN_USER_HOME=%USERPROFILE%\.m2"
set "DISTS=%MAVEN_USER_HOME%\wrapper\dists\tramway"
set "MAVEN=%DISTS%\apache-maven-%VERSION%"
if exist "%MAVEN%\bin\mvn.cmd" goto run

where mvn >nul 2>nul || (
    >&2 echo mvnw: Maven %VERSION% is not here yet, and there is no 'mvn' ^(3.6.3 or newer^) to fetch it with. Install one first.
    exit /b 1
)
set "WORK=%DISTS%\fetch.%RANDOM%%RANDOM%"
set "ZIP=apache-maven-%VERSION%-bin.zip"
mkdir "%WORK%" || exit /b 1
pushd "%WORK%"
call mvn -q -B org.apache.maven.plugins:maven-dependency-plugin:%PLUGIN%:copy "-Dartifact=org.apache.maven:apache-maven:%VERSION%:zip:bin" -DoutputDirectory=. 1>&2 || goto failed
certutil -hashfile "%ZIP%" SHA512 | findstr /i /x /l "%SHA512%" >nul || (
    >&2 echo mvnw: %ZIP% has not the checksum in .mvn\wrapper\maven-wrapper.properties; refused
    goto failed
)
"%JAVA_HOME%\bin\jar" xf "%ZIP%" || goto failed
popd
if not exist "%MAVEN%" move "%WORK%\apache-maven-%VERSION%" "%MAVEN%" >nul
rmdir /s /q "%WORK%"
if not exist "%MAVEN%\bin\mvn.cmd" exit /b 1

:run
set "MAVEN_HOME="
set "M2_HOME="
call "%MAVEN%\bin\mvn.cmd" %*
exit /b %ERRORLEVEL%

:failed
popd
rmdir /s /q "%WORK%"
exit /b 1
