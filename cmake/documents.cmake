# The manual page and the completions, written by the program itself, and where each goes.
function(nvprov_documents program)
  set(folder ${CMAKE_BINARY_DIR}/documents)
  file(MAKE_DIRECTORY ${folder})
  add_custom_command(
    OUTPUT ${folder}/nvprov.1 ${folder}/nvprov.bash ${folder}/_nvprov ${folder}/nvprov.fish
    COMMAND ${program} manual > ${folder}/nvprov.1
    COMMAND ${program} completion bash > ${folder}/nvprov.bash
    COMMAND ${program} completion zsh > ${folder}/_nvprov
    COMMAND ${program} completion fish > ${folder}/nvprov.fish
    DEPENDS ${program}
    COMMENT "Writing the manual page and completions")
  add_custom_target(nvprov_documents ALL DEPENDS ${folder}/nvprov.1)
  install(FILES ${folder}/nvprov.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
  install(FILES ${folder}/nvprov.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME nvprov)
  install(FILES ${folder}/_nvprov DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
  install(FILES ${folder}/nvprov.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)
endfunction()
