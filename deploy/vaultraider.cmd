@echo off
rem Starts Vault Raider on Windows. Double-click it, or give it another command: vaultraider.cmd demo
rem The first time it makes an environment beside this folder and installs Vault Raider there; Python 3.11 or newer must be there.
setlocal
cd /d "%~dp0.."
set "PROGRAM=%CD%\.venv\Scripts\vaultraider.exe"

if exist "%PROGRAM%" goto installed
where py >nul 2>nul && (set "PYTHON=py -3") || (set "PYTHON=python")
%PYTHON% -c "import sys; sys.exit(sys.version_info < (3, 11))" 2>nul
if errorlevel 1 (
  echo Vault Raider needs Python 3.11 or newer. Install it from python.org, then start this again.
  goto failed
)
echo Installing Vault Raider. This takes a minute, once.
%PYTHON% -m venv .venv || goto failed
.venv\Scripts\python.exe -m pip install --quiet --disable-pip-version-check . || goto failed

:installed
set "COMMAND=%*"
if defined COMMAND goto run
set "COMMAND=up"
if defined VAULTRAIDER_DATA_DIR (set "DATA=%VAULTRAIDER_DATA_DIR%") else (set "DATA=%LOCALAPPDATA%\vaultraider")
if exist "%DATA%\settings.toml" goto run
"%PROGRAM%" init || goto failed

:run
"%PROGRAM%" %COMMAND%
if errorlevel 1 goto failed
exit /b 0

:failed
echo.
echo Vault Raider did not start, or ended with an error: see above.
if not defined VAULTRAIDER_NO_PAUSE pause
exit /b 1
