# Completion of irekae for bash: source it, or put it into ~/.local/share/bash-completion/completions/irekae
_irekae() {
  local word=${COMP_WORDS[COMP_CWORD]} line=${COMP_LINE:0:COMP_POINT} IFS=$'\n' offered=() one
  line=${line#"${COMP_WORDS[0]}"}
  line=${line# }
  for one in $("${COMP_WORDS[0]}" "[suggest:${#line}]" "$line" 2>/dev/null); do
    # An option is offered to who has begun one: else it is a command, a value or a file that comes.
    [[ $one == -* && $word != -* ]] || offered+=("$one")
  done
  COMPREPLY=($(compgen -W "${offered[*]}" -- "$word"))
  if (( ${#offered[@]} == 0 )); then COMPREPLY=($(compgen -f -- "$word")); fi
}
complete -o filenames -F _irekae irekae
