# Completion of irekae for fish: source it, or put it into ~/.config/fish/completions/irekae.fish
function __irekae_complete
    set -l word (commandline -ct)
    set -l line (commandline -cp | string replace -r '^\s*\S+ ?' '')
    set -l program (commandline -opc)[1]
    set -l offered ($program "[suggest:"(string length -- "$line")"]" "$line" 2>/dev/null | string match -v '')
    # An option is offered to who has begun one: else it is a command, a value or a file that comes.
    string match -q -- '-*' "$word"; or set offered (string match -v -- '-*' $offered)
    if test (count $offered) -gt 0
        printf '%s\n' $offered
    else
        __fish_complete_path "$word"
    end
end
complete -c irekae -f -a '(__irekae_complete)'
